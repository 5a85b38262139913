import type { Knex } from 'knex';
import { deleteOldRows } from '../../database/deleteOldRows';

/** Deletes failovers that recovered before a time. Ongoing ones are kept. */
export async function pruneFailovers(
  knex: Knex,
  options: { before: Date; signal: AbortSignal },
): Promise<void> {
  await deleteOldRows(knex, {
    ...options,
    table: 'failovers',
    key: 'entity_ref, environment, failover_id',
    timeColumn: 'recovered_at',
  });
}
