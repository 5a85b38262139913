import type { Knex } from 'knex';
import type { Client } from 'pg';

/** How long a connection is waited for and may be used. */
export interface ConnectionLimits {
  /** The pool's own limit is a minute by default: too long for a caller that retries. */
  acquireTimeoutMs: number;
  /** After this the connection is cut, also when the server does not answer at all. */
  useTimeoutMs: number;
}

/**
 * Runs something on a connection of its own from the pool, with `pg` directly.
 * A connection that failed is not given back in the middle of a transaction.
 */
export async function withConnection<T>(
  knex: Knex,
  limits: ConnectionLimits,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await acquire(knex, limits.acquireTimeoutMs);
  const cut = setTimeout(() => destroy(client), limits.useTimeoutMs);
  try {
    return await use(client);
  } catch (error) {
    await client.query('ROLLBACK').catch(() => destroy(client));
    throw error;
  } finally {
    clearTimeout(cut);
    await knex.client.releaseConnection(client);
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

/** Cuts the connection; the pool notices and makes a new one. */
function destroy(client: Client): void {
  const { connection } = client as unknown as {
    connection: { stream: { destroy(error: Error): void } };
  };
  connection.stream.destroy(new Error('The database did not answer in time'));
}
