import { envSchema } from 'env-schema';
import type { FastifyBaseLogger } from 'fastify';
import { Type, type Static } from 'typebox';
import { count as countSetting } from '../config/settingTypes.js';
import { PeriodicTask } from '../tasks/PeriodicTask.js';

const schema = Type.Object({
  ACTIVE_USERS_METRIC_SERVICE: Type.Optional(Type.String()),
  ACTIVE_USERS_WINDOW_SECONDS: countSetting(300, 86_400),
});

/**
 * Publishes each minute how many users were active; no task without `ACTIVE_USERS_METRIC_SERVICE`.
 * `docs/active-users.md` explains the variables.
 */
export async function createActiveUsersTasks(options: {
  logger: FastifyBaseLogger;
  /** Counts the users that were active within the window, across all instances. */
  count: (windowSeconds: number) => Promise<number>;
  environment?: Record<string, string | undefined>;
}): Promise<PeriodicTask[]> {
  const { logger, count, environment = process.env } = options;
  const {
    ACTIVE_USERS_METRIC_SERVICE: serviceDimension,
    ACTIVE_USERS_WINDOW_SECONDS: windowSeconds,
  } = envSchema<Static<typeof schema>>({
    schema,
    data: { ...environment },
    env: false,
  });
  if (!serviceDimension) return [];

  const { createCloudWatchClient, publishActiveUsers } =
    await import('./publishActiveUsers.js');
  const client = createCloudWatchClient();
  return [
    new PeriodicTask({
      name: 'publish active users',
      periodMs: 60_000,
      logger,
      run: async () => {
        const users = await count(windowSeconds);
        await publishActiveUsers({ client, serviceDimension, users });
      },
    }),
  ];
}
