import { setTimeout as sleep } from 'node:timers/promises';
import { classifyError, DatabaseUnavailableError } from './errors.js';

export interface RetryOptions {
  /** Total time for all attempts and pauses. */
  readonly budgetMs: number;
  /** Called before an attempt that follows a refused login. */
  readonly onAuthenticationError?: () => Promise<void>;
}

const firstPauseMs = 25;
const longestPauseMs = 1_000;

/**
 * Repeats `attempt` while its error is one that a new attempt can cure.
 *
 * A connection may break after COMMIT was sent, so `attempt` must be safe to repeat even if it succeeded: writes carry
 * keys that were made before the first attempt.
 *
 * @throws DatabaseUnavailableError when the budget is spent on a database that cannot be reached; any other error at once.
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
      if (kind === 'authentication') {
        // A second refusal with fresh credentials is a wrong grant, not a rotation.
        if (reauthenticated) throw new DatabaseUnavailableError(error);
        reauthenticated = true;
        await options.onAuthenticationError?.();
      }
      // Full jitter keeps the instances from returning to a recovering database in step.
      const jitteredMs = Math.random() * pauseMs;
      if (Date.now() + jitteredMs >= deadline) {
        throw kind === 'serialization'
          ? error
          : new DatabaseUnavailableError(error);
      }
      await sleep(jitteredMs);
    }
  }
}
