import { Type } from 'typebox';
import { count, durationMs, flag, port } from '../config/settingTypes.js';

/** Settings of the request tracker, in addition to those of every service. */
export const settings = Type.Object({
  CACHE_HOST: Type.Optional(Type.String()),
  CACHE_PORT: port(6379),
  CACHE_PASSWORD: Type.Optional(Type.String()),
  CACHE_TLS: flag(false),
  CACHE_TTL_MS: durationMs(30_000),

  REQUEST_RETENTION_HOURS: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 876_000,
  }),
  ACTIVE_USERS_METRIC_SERVICE: Type.Optional(Type.String()),
  ACTIVE_USERS_WINDOW_SECONDS: count(300, 86_400),
});
