import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit } from './audit.mjs';

test('lists what the registry knows about vulnerable packages', async () => {
  const line = JSON.stringify({
    value: 'left',
    children: {
      Severity: 'high',
      Issue: 'Runs text',
      URL: 'https://a.example/1',
    },
  });
  assert.deepEqual(
    await audit(async () => ({ code: 1, stdout: `${line}\n`, stderr: '' })),
    { problems: ['left: high: Runs text (https://a.example/1)'] },
  );
});

test('tells a registry without an audit from one that found nothing', async () => {
  assert.deepEqual(
    await audit(async () => ({ code: 0, stdout: '', stderr: '' })),
    { problems: [] },
  );
  assert.deepEqual(
    await audit(async () => ({
      code: 1,
      stdout: '',
      stderr: 'HTTPError: Response code 405 (Method Not Allowed)',
    })),
    {
      problems: [],
      unavailable: 'Response code 405 (Method Not Allowed)',
    },
  );
});
