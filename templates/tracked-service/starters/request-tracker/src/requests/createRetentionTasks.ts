import type { DatabasePool } from '../database/DatabasePool.js';
import type { StarterContext } from '../starter/types.js';
import { PeriodicTask } from '../tasks/PeriodicTask.js';

/** Few enough that no other statement waits long for it. */
const batchSize = 1_000;

/** Deletes requests older than `REQUEST_RETENTION_HOURS` each minute; no task if they are kept forever. */
export function createRetentionTasks({
  config,
  database,
  logger,
}: StarterContext): PeriodicTask[] {
  const hours = config.REQUEST_RETENTION_HOURS;
  if (hours === 0) return [];
  return [
    new PeriodicTask({
      name: 'delete expired requests',
      periodMs: 60_000,
      logger,
      run: async () => {
        while ((await deleteExpiredRequests(database, hours)) > 0);
      },
    }),
  ];
}

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
