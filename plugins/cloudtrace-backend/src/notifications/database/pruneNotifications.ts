import type { Knex } from 'knex';
import { deleteOldRows } from '../../database/deleteOldRows';

/** Deletes the records of notifications that were sent before a time. */
export async function pruneNotifications(
  knex: Knex,
  options: { before: Date; signal: AbortSignal },
): Promise<void> {
  await deleteOldRows(knex, {
    ...options,
    table: 'sent_notifications',
    key: 'entity_ref, topic',
    timeColumn: 'sent_at',
  });
}
