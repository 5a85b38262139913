import type { DatabasePool } from '../database/DatabasePool.js';

/** Few enough that no other statement waits long for it. */
const batchSize = 1_000;

/**
 * Deletes one batch of requests older than the retention, with their events.
 *
 * Any number of instances may do so at the same time: each one deletes rows that no other one has locked.
 *
 * @returns the number of deleted requests.
 */
export async function deleteExpiredRequests(
  database: DatabasePool,
  retentionHours: number,
): Promise<number> {
  const rows = await database.query<{ id: string }>(
    `DELETE FROM requests WHERE id IN (
       SELECT id FROM requests WHERE created_at < now() - make_interval(hours => $1)
       ORDER BY created_at LIMIT ${batchSize} FOR UPDATE SKIP LOCKED)
     RETURNING id`,
    [retentionHours],
  );
  return rows.length;
}
