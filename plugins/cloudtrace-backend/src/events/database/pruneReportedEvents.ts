import type { Knex } from 'knex';
import { deleteOldRows } from '../../database/deleteOldRows';

/** Deletes events that happened before a time. */
export async function pruneReportedEvents(
  knex: Knex,
  options: { before: Date; signal: AbortSignal },
): Promise<void> {
  await deleteOldRows(knex, {
    ...options,
    table: 'reported_events',
    key: 'entity_ref, environment, kind, event_key',
    timeColumn: 'at',
  });
}
