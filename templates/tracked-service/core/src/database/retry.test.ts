import { describe, expect, it, vi } from 'vitest';
import { classifyError, DatabaseUnavailableError } from './errors.js';
import { withRetry } from './retry.js';

function failure(code: string, message = 'failed'): Error {
  return Object.assign(new Error(message), { code });
}

describe('classifyError', () => {
  it.each([
    [failure('40001'), 'serialization'],
    [failure('40P01'), 'serialization'],
    [failure('57P01'), 'connection'],
    [failure('08006'), 'connection'],
    [failure('25006'), 'connection'],
    [failure('ECONNREFUSED'), 'connection'],
    [new AggregateError([failure('ECONNREFUSED')]), 'connection'],
    [new Error('Connection terminated unexpectedly'), 'connection'],
    [failure('28P01'), 'authentication'],
    [failure('28000'), 'authentication'],
    [failure('23505'), 'permanent'],
    [failure('22021'), 'permanent'],
    [new Error('a bug'), 'permanent'],
    ['not an error', 'permanent'],
  ])('%s is %s', (error, expected) => {
    expect(classifyError(error)).toBe(expected);
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
