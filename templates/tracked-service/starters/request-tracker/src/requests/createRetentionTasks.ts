import type { StarterContext } from '../starter/types.js';
import { PeriodicTask } from '../tasks/PeriodicTask.js';
import { deleteExpiredRequests } from './deleteExpiredRequests.js';

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
