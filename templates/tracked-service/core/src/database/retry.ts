import { setTimeout as sleep } from 'node:timers/promises';
import { classifyError, DatabaseUnavailableError } from './errors.js';

export interface RetryOptions {
  /** Total time for all attempts and pauses. */
  readonly budgetMs: number;
  /** Called before the attempt that follows a rejected login. */
  readonly onAuthenticationError?: () => Promise<void>;
}

const firstPauseMs = 25;
const longestPauseMs = 1_000;

/**
 * Repeats `attempt` while its error is temporary. A busy database gets no second attempt: the caller waits longer than
 * this could.
 *
 * A connection may break after COMMIT was sent, so `attempt` must be safe to repeat even if it succeeded: writes carry
 * keys that were created before the first attempt.
 *
 * @throws DatabaseUnavailableError if the error is temporary and the budget is used up; any other error immediately.
 */
export async function withRetry<T>(
  options: RetryOptions,
  attempt: () => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + options.budgetMs;
  let reauthenticated = false;

  for (
    let pauseMs = firstPauseMs;
    ;
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  ) {
    try {
      return await attempt();
    } catch (error) {
      const kind = classifyError(error);
      if (kind === 'permanent') throw error;
      if (kind === 'busy') throw new DatabaseUnavailableError(error);
      if (kind === 'authentication') {
        // A second rejection with fresh credentials is a wrong grant, not a rotation.
        if (reauthenticated) throw new DatabaseUnavailableError(error);
        reauthenticated = true;
        await options.onAuthenticationError?.();
      }
      // Full jitter keeps the instances from reconnecting to a recovering database at the same time.
      const jitteredMs = Math.random() * pauseMs;
      if (Date.now() + jitteredMs >= deadline) {
        throw new DatabaseUnavailableError(error);
      }
      await sleep(jitteredMs);
    }
  }
}
