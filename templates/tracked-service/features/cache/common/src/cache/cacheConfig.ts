import { envSchema } from 'env-schema';
import { Type, type Static } from 'typebox';
import { durationMs, flag, port } from '../config/settingTypes.js';

const schema = Type.Object({
  CACHE_HOST: Type.Optional(Type.String()),
  CACHE_PORT: port(6379),
  CACHE_PASSWORD: Type.Optional(Type.String()),
  CACHE_TLS: flag(false),
  CACHE_TTL_MS: durationMs(30_000),
});

/** Settings of the cache; `docs/cache.md` explains each of them. */
export type CacheConfig = Static<typeof schema>;

/** @throws Error that names every invalid variable. */
export function loadCacheConfig(
  environment: Record<string, string | undefined> = process.env,
): CacheConfig {
  return envSchema<CacheConfig>({
    schema,
    data: { ...environment },
    env: false,
  });
}
