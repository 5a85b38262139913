import { describe, expect, it } from 'vitest';
import { InvalidJobError, parseJob } from './parseJob.js';

const url = 'https://example.com/report.csv';

describe('parseJob', () => {
  it('reads a job', () => {
    const job = { url, key: 'reports/2026-11/report.csv' };
    expect(parseJob(JSON.stringify(job))).toEqual(job);
  });

  it.each([
    [undefined, 'not JSON'],
    ['{', 'not JSON'],
    ['[]', 'not valid'],
    [JSON.stringify({ url }), 'key'],
    [JSON.stringify({ url, key: 'a', bucket: 'other' }), 'not valid'],
    [JSON.stringify({ url, key: '/etc/passwd' }), 'key'],
    [JSON.stringify({ url, key: 'a/../b' }), '".."'],
    [JSON.stringify({ url, key: 'a//b' }), 'empty part'],
    [JSON.stringify({ url: 'http://example.com/', key: 'a' }), 'https'],
    [JSON.stringify({ url: 'file:///etc/passwd', key: 'a' }), 'https'],
    [JSON.stringify({ url: 'nonsense', key: 'a' }), 'https'],
  ])('rejects %s and explains why', (body, reason) => {
    expect(() => parseJob(body)).toThrow(InvalidJobError);
    expect(() => parseJob(body)).toThrow(reason);
  });
});
