import { countActiveUsers } from '../activeUsers/countActiveUsers.js';
import { createActiveUsersTasks } from '../activeUsers/createActiveUsersTasks.js';
import { createRetentionTasks } from '../requests/createRetentionTasks.js';
import type { PeriodicTask } from '../tasks/PeriodicTask.js';
import type { StarterContext } from './types.js';

/** The periodic tasks that the configuration enables. */
export async function createTasks(
  context: StarterContext,
): Promise<PeriodicTask[]> {
  const { database, logger } = context;
  return [
    ...createRetentionTasks(context),
    ...(await createActiveUsersTasks({
      logger,
      count: windowSeconds => countActiveUsers(database, windowSeconds),
    })),
  ];
}
