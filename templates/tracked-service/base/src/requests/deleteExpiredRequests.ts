import type { DatabasePool } from '../database/DatabasePool.js';

/** Few enough that no other statement waits long for it. */
const batchSize = 1_000;

/**
 * Deletes one batch of requests that are older than the retention; their events go with them.
 *
 * Any number of instances may do so at once: each takes rows that no other one holds.
 *
 * @returns how many were deleted.
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
