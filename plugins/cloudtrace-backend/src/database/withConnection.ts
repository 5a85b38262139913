import type { Knex } from 'knex';
import type { Client } from 'pg';
import { closeConnection } from './closeConnection';

/** How long to wait for a connection, and how long it may be used. */
export interface ConnectionLimits {
  /** The pool's own limit is a minute by default: too long for a caller that retries. */
  acquireTimeoutMs: number;
  /** After this time the connection is closed, even if the server does not respond at all. */
  useTimeoutMs: number;
}

/**
 * Runs a function on a dedicated connection from the pool, directly with `pg`.
 * A failed connection is not returned in the middle of a transaction.
 */
export async function withConnection<T>(
  knex: Knex,
  limits: ConnectionLimits,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await acquire(knex, limits.acquireTimeoutMs);
  const cut = setTimeout(() => closeConnection(client), limits.useTimeoutMs);
  const release = async () => {
    clearTimeout(cut);
    await knex.client.releaseConnection(client);
  };
  try {
    const result = await use(client);
    await release();
    return result;
  } catch (error) {
    // Not awaited: the caller need not wait for a server that hangs.
    client
      .query('ROLLBACK')
      .catch(() => closeConnection(client))
      .finally(release);
    throw error;
  }
}

async function acquire(knex: Knex, timeoutMs: number): Promise<Client> {
  let timer: NodeJS.Timeout | undefined;
  let late = false;
  const acquired: Promise<Client> = knex.client.acquireConnection();
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = true;
      reject(new Error(`No database connection within ${timeoutMs} ms`));
    }, timeoutMs);
  });
  acquired.then(
    client => late && knex.client.releaseConnection(client),
    () => undefined,
  );
  try {
    return await Promise.race([acquired, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
