import { loadCacheConfig } from '../cache/cacheConfig.js';
import { CachedRequestStore } from '../requests/CachedRequestStore.js';
import { DatabaseRequestStore } from '../requests/DatabaseRequestStore.js';
import type { OpenStore } from '../requests/types.js';

/** Reads single requests through the cache, if one is configured. */
export const openStore: OpenStore = async context => {
  const store = new DatabaseRequestStore(context);
  const config = loadCacheConfig();
  if (!config.CACHE_HOST) return { store, checks: [] };

  const { ValkeyCache } = await import('../cache/ValkeyCache.js');
  const cache = new ValkeyCache({
    config,
    host: config.CACHE_HOST,
    logger: context.logger,
  });
  return {
    store: new CachedRequestStore({ store, cache }),
    checks: [{ name: 'cache', required: false, check: () => cache.ping() }],
    close: () => cache.close(),
  };
};
