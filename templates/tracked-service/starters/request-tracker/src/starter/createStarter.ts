import type { Cache } from '../cache/types.js';
import type { Config } from '../config/config.js';
import type { Dependency } from '../health/Readiness.js';
import { pageRoutes } from '../page/routes.js';
import { CachedRequestStore } from '../requests/CachedRequestStore.js';
import { DatabaseRequestStore } from '../requests/DatabaseRequestStore.js';
import { requestRoutes } from '../requests/routes.js';
import { createTasks } from './createTasks.js';
import type { CreateStarter, StarterContext } from './types.js';

/** The request tracker: its API, its page and its periodic tasks. */
export const createStarter: CreateStarter = async context => {
  const { config, instance } = context;
  const cache = await createCache(config, context.logger);
  const databaseStore = new DatabaseRequestStore(context);
  const store = cache
    ? new CachedRequestStore({ store: databaseStore, cache })
    : databaseStore;

  return {
    routes: async app => {
      await app.register(requestRoutes, { store });
      await app.register(pageRoutes, {
        store,
        instance,
        serviceName: config.OTEL_SERVICE_NAME,
      });
    },
    checks: cache ? [checkOf(cache)] : [],
    tasks: await createTasks(context),
    close: async () => cache?.close(),
  };
};

async function createCache(
  config: Config,
  logger: StarterContext['logger'],
): Promise<Cache | undefined> {
  if (!config.CACHE_HOST) return undefined;
  const { ValkeyCache } = await import('../cache/ValkeyCache.js');
  return new ValkeyCache({ config, host: config.CACHE_HOST, logger });
}

function checkOf(cache: Cache): Dependency {
  return { name: 'cache', required: false, check: () => cache.ping() };
}
