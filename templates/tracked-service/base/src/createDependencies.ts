import type { Logger } from 'pino';
import type { Cache } from './cache/types.js';
import type { Config } from './config/config.js';
import { DatabasePool } from './database/DatabasePool.js';
import { Readiness, type Dependency } from './health/Readiness.js';
import type { Instance } from './instance/types.js';
import { CachedRequestStore } from './requests/CachedRequestStore.js';
import { DatabaseRequestStore } from './requests/DatabaseRequestStore.js';
import type { RequestStore } from './requests/types.js';
import { createCredentialsProvider } from './secrets/createCredentialsProvider.js';
import { createTasks } from './tasks/createTasks.js';
import type { PeriodicTask } from './tasks/PeriodicTask.js';

export interface Dependencies {
  readonly database: DatabasePool;
  readonly cache: Cache | undefined;
  readonly store: RequestStore;
  readonly readiness: Readiness;
  readonly tasks: readonly PeriodicTask[];
}

/** Creates everything behind the HTTP side according to the configuration; unused parts are not loaded. */
export async function createDependencies(options: {
  config: Config;
  instance: Instance;
  logger: Logger;
}): Promise<Dependencies> {
  const { config, instance, logger } = options;
  const database = new DatabasePool({
    config,
    credentials: await createCredentialsProvider(config),
    logger,
  });
  const cache = await createCache(config, logger);
  const databaseStore = new DatabaseRequestStore({ database, instance });

  return {
    database,
    cache,
    store: cache
      ? new CachedRequestStore({ store: databaseStore, cache })
      : databaseStore,
    readiness: new Readiness(checked(database, cache)),
    tasks: await createTasks({ config, database, logger }),
  };
}

async function createCache(
  config: Config,
  logger: Logger,
): Promise<Cache | undefined> {
  if (!config.CACHE_HOST) return undefined;
  const { ValkeyCache } = await import('./cache/ValkeyCache.js');
  return new ValkeyCache({ config, host: config.CACHE_HOST, logger });
}

function checked(
  database: DatabasePool,
  cache: Cache | undefined,
): Dependency[] {
  const required = {
    name: 'database',
    required: true,
    check: () => database.ping(),
  };
  return cache
    ? [required, { name: 'cache', required: false, check: () => cache.ping() }]
    : [required];
}
