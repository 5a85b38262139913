import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';

/** Readers and writers that come later wait behind a waiting lock, so it waits briefly. */
const LOCK_TIMEOUT_MS = 1_000;

/** Time for those who queued behind the last attempt. */
const PAUSE_MS = 1_000;

/** Longer than any statement of a page. */
const GIVE_UP_MS = 120_000;

/** `lock_not_available` of PostgreSQL. */
const LOCK_TIMED_OUT = '55P03';

/** How long to try; the defaults suit tables in use. */
export interface LockPatience {
  lockTimeoutMs?: number;
  pauseMs?: number;
  giveUpMs?: number;
}

/**
 * Runs a transaction that needs a table for itself. It never waits long for a
 * lock, because everybody else would wait behind it: it gives up, lets the
 * others pass, and tries again.
 *
 * @throws If the table is in use for two minutes
 */
export async function retryLocks<T>(
  knex: Knex,
  table: string,
  work: (tx: Knex.Transaction) => Promise<T>,
  {
    lockTimeoutMs = LOCK_TIMEOUT_MS,
    pauseMs = PAUSE_MS,
    giveUpMs = GIVE_UP_MS,
  }: LockPatience = {},
): Promise<T> {
  const startedMs = performance.now();
  for (;;) {
    try {
      return await knex.transaction(async tx => {
        await tx.raw(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
        return work(tx);
      });
    } catch (error) {
      if ((error as { code?: unknown }).code !== LOCK_TIMED_OUT) throw error;
      const waitedMs = performance.now() - startedMs;
      if (waitedMs > giveUpMs) {
        throw new Error(
          `The table ${table} was in use by other transactions for ${Math.round(
            waitedMs / 1000,
          )} s; end them (see pg_stat_activity) and try again`,
          { cause: error },
        );
      }
      await sleep(pauseMs);
    }
  }
}
