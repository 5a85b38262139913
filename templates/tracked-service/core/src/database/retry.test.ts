import { describe, expect, it, vi } from 'vitest';
import {
  classifyError,
  DatabaseUnavailableError,
  isFaultOfContent,
} from './errors.js';
import { withRetry } from './retry.js';

function failure(code: string, message = 'failed'): Error {
  return Object.assign(new Error(message), { code });
}

describe('classifyError', () => {
  it.each([
    [failure('40001'), 'serialization'],
    [failure('40P01'), 'serialization'],
    [failure('57P01'), 'connection'],
    [failure('57P05'), 'connection'],
    [failure('53300'), 'connection'],
    [failure('25P03'), 'connection'],
    [failure('25P04'), 'connection'],
    [failure('08006'), 'connection'],
    [failure('25006'), 'connection'],
    [failure('ECONNREFUSED'), 'connection'],
    [new AggregateError([failure('ECONNREFUSED')]), 'connection'],
    [new Error('Connection terminated unexpectedly'), 'connection'],
    [failure('28P01'), 'authentication'],
    [failure('28000'), 'authentication'],
    [failure('57014'), 'busy'],
    [failure('55P03'), 'busy'],
    [failure('53100'), 'busy'],
    [failure('53200'), 'busy'],
    [failure('58030'), 'busy'],
    [failure('23505'), 'permanent'],
    [failure('42P01'), 'permanent'],
    [failure('55000'), 'permanent'],
    [failure('22021'), 'permanent'],
    [new Error('a bug'), 'permanent'],
    ['not an error', 'permanent'],
  ])('%s is %s', (error, expected) => {
    expect(classifyError(error)).toBe(expected);
  });
});

describe('isFaultOfContent', () => {
  it.each([
    failure('22021'),
    failure('23505'),
    failure('54000'),
    new Error('There is no such user'),
  ])('is true for %s', error => {
    expect(isFaultOfContent(error)).toBe(true);
  });

  it.each([
    failure('57014'),
    failure('40001'),
    failure('EPIPE'),
    failure('42P01'),
    failure('42501'),
    failure('XX000'),
    new DatabaseUnavailableError(failure('53100')),
  ])('is false for %s', error => {
    expect(isFaultOfContent(error)).toBe(false);
  });
});

describe('withRetry', () => {
  it('repeats after a lost connection and a serialization failure', async () => {
    const attempt = vi
      .fn<() => Promise<string>>()
      .mockRejectedValueOnce(failure('ECONNRESET'))
      .mockRejectedValueOnce(failure('40001'))
      .mockResolvedValue('done');

    expect(await withRetry({ budgetMs: 2_000 }, attempt)).toBe('done');
    expect(attempt).toHaveBeenCalledTimes(3);
  });

  it('does not repeat permanent errors', async () => {
    const attempt = vi.fn(() => Promise.reject(failure('23505')));

    await expect(withRetry({ budgetMs: 2_000 }, attempt)).rejects.toMatchObject(
      { code: '23505' },
    );
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it('does not add to the load of a busy database, and reports that it is unavailable', async () => {
    const attempt = vi.fn(() => Promise.reject(failure('57014')));

    await expect(withRetry({ budgetMs: 2_000 }, attempt)).rejects.toThrow(
      new DatabaseUnavailableError(failure('57014')),
    );
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it('reports serialization failures beyond its budget as unavailable', async () => {
    await expect(
      withRetry({ budgetMs: 1 }, () => Promise.reject(failure('40P01'))),
    ).rejects.toBeInstanceOf(DatabaseUnavailableError);
  });

  it('gives up within its budget and reports that the database is unavailable', async () => {
    const startedAt = Date.now();

    await expect(
      withRetry({ budgetMs: 200 }, () => Promise.reject(failure('57P03'))),
    ).rejects.toBeInstanceOf(DatabaseUnavailableError);
    expect(Date.now() - startedAt).toBeLessThan(400);
  });

  it('renews credentials once, and fails if they are rejected again', async () => {
    const onAuthenticationError = vi.fn(() => Promise.resolve());

    await expect(
      withRetry({ budgetMs: 2_000, onAuthenticationError }, () =>
        Promise.reject(failure('28P01')),
      ),
    ).rejects.toBeInstanceOf(DatabaseUnavailableError);
    expect(onAuthenticationError).toHaveBeenCalledTimes(1);
  });
});
