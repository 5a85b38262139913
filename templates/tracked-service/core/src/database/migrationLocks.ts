import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import type { Logger } from 'pino';

/** Advisory lock: any number that nothing else locks. */
const lockKey = 7_402_119;
const lockTimeoutMs = 3_000;
const pauseMs = 1_000;
const attempts = 20;
const lockNotAvailable = '55P03';

/** Waits until nobody else migrates. The lock ends with the connection. */
export async function lockMigrations(client: ClientBase): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
}

/**
 * Changes the schema without making requests wait for long: a change waits for the transactions that use its table, and
 * every later statement waits behind it. So it gives up after 3 s, lets them pass, and is repeated.
 *
 * @param work - safe to repeat
 */
export async function withLockTimeout<T>(
  { client, logger }: { client: ClientBase; logger: Logger },
  work: () => Promise<T>,
): Promise<T> {
  await client.query(`SET lock_timeout = ${lockTimeoutMs}`);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const result = await work();
      await client.query('RESET lock_timeout');
      return result;
    } catch (error) {
      if (!isLockTimeout(error) || attempt === attempts) throw error;
      logger.warn(
        { err: error, attempt, attempts },
        'a table is in use; the migration lets its users pass and is repeated',
      );
      // node-pg-migrate leaves the transaction of a failed migration open.
      await client.query('ROLLBACK');
      await sleep(pauseMs);
    }
  }
}

/** Libraries wrap the error of PostgreSQL. */
function isLockTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return code === lockNotAvailable || isLockTimeout(error.cause);
}
