import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { loadCacheConfig } from '../../src/cache/cacheConfig.js';
import { ValkeyCache } from '../../src/cache/ValkeyCache.js';
import { freePort } from '../support/ServiceProcess.js';
import { silentLogger } from '../support/testDatabase.js';

const cachePort = process.env['TEST_CACHE_PORT'];

function cacheAt(port: number | string): ValkeyCache {
  return new ValkeyCache({
    config: loadCacheConfig({ CACHE_PORT: String(port), CACHE_TTL_MS: '300' }),
    host: '127.0.0.1',
    logger: silentLogger,
  });
}

async function waitForConnection(cache: ValkeyCache): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    try {
      await cache.ping();
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error('The cache of TEST_CACHE_PORT cannot be reached');
}

// Only repositories with a cache have a server for it.
describe.skipIf(!cachePort)('ValkeyCache with a server', () => {
  it('fills only missing entries, overwrites on set and expires entries', async () => {
    const cache = cacheAt(cachePort ?? '');
    await waitForConnection(cache);
    const key = `test:${Date.now()}`;

    await cache.fill(key, 'first');
    await cache.fill(key, 'late');
    expect(await cache.get(key)).toBe('first');

    await cache.set(key, 'second');
    expect(await cache.get(key)).toBe('second');

    await sleep(400);
    expect(await cache.get(key)).toBeUndefined();
    await cache.close();
  });
});

describe('ValkeyCache without a server', () => {
  it('misses immediately instead of failing or waiting', async () => {
    const cache = cacheAt(await freePort());
    const startedAt = Date.now();

    expect(await cache.get('key')).toBeUndefined();
    await cache.set('key', 'value');
    await cache.fill('key', 'value');
    expect(Date.now() - startedAt).toBeLessThan(500);
    await expect(cache.ping()).rejects.toThrow();
    await cache.close();
  });
});
