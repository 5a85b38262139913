import type { FastifyBaseLogger } from 'fastify';
import { countActiveUsers } from '../activeUsers/countActiveUsers.js';
import type { Config } from '../config/config.js';
import type { DatabasePool } from '../database/DatabasePool.js';
import { deleteExpiredRequests } from '../requests/deleteExpiredRequests.js';
import { PeriodicTask } from '../tasks/PeriodicTask.js';

const periodMs = 60_000;

/** Creates the periodic tasks that the configuration enables. */
export async function createTasks(options: {
  config: Config;
  database: DatabasePool;
  logger: FastifyBaseLogger;
}): Promise<PeriodicTask[]> {
  const { config, database, logger } = options;
  const tasks: PeriodicTask[] = [];

  if (config.REQUEST_RETENTION_HOURS > 0) {
    tasks.push(
      new PeriodicTask({
        name: 'delete expired requests',
        periodMs,
        logger,
        run: async () => {
          const hours = config.REQUEST_RETENTION_HOURS;
          while ((await deleteExpiredRequests(database, hours)) > 0);
        },
      }),
    );
  }

  const serviceDimension = config.ACTIVE_USERS_METRIC_SERVICE;
  if (serviceDimension) {
    const { createCloudWatchClient, publishActiveUsers } =
      await import('../activeUsers/publishActiveUsers.js');
    const client = createCloudWatchClient();
    const windowSeconds = config.ACTIVE_USERS_WINDOW_SECONDS;
    tasks.push(
      new PeriodicTask({
        name: 'publish active users',
        periodMs,
        logger,
        run: async () => {
          const users = await countActiveUsers(database, windowSeconds);
          await publishActiveUsers({ client, serviceDimension, users });
        },
      }),
    );
  }
  return tasks;
}
