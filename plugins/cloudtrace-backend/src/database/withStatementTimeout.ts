import type { Knex } from 'knex';

/**
 * Runs statements in a transaction, each of which PostgreSQL cancels after a
 * time: it may wait for a lock, or for a server that hangs.
 */
export async function withStatementTimeout<T>(
  knex: Knex,
  timeoutMs: number,
  work: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return knex.transaction(async tx => {
    await tx.raw(`SET LOCAL statement_timeout = ${timeoutMs}`);
    return work(tx);
  });
}
