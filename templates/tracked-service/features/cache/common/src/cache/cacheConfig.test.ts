import { describe, expect, it } from 'vitest';
import { loadCacheConfig } from './cacheConfig.js';

describe('loadCacheConfig', () => {
  it('fills in defaults, and parses numbers and flags', () => {
    expect(loadCacheConfig({ CACHE_TLS: 'true', CACHE_PORT: '6380' })).toEqual({
      CACHE_PORT: 6380,
      CACHE_TLS: true,
      CACHE_TTL_MS: 30_000,
    });
  });

  it('rejects an invalid value and names the variable', () => {
    expect(() => loadCacheConfig({ CACHE_TTL_MS: 'soon' })).toThrow(
      'CACHE_TTL_MS',
    );
  });
});
