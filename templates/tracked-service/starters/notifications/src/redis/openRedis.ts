import type { FastifyBaseLogger } from 'fastify';
import { Redis } from 'ioredis';

const commandTimeoutMs = 100;
const longestReconnectMs = 2_000;

const reconnectAfterMs = (attempt: number) =>
  Math.min(attempt * 100, longestReconnectMs);

/** Opens a connection whose commands fail soon: whoever uses it can do without Redis for a while. */
export function openRedis(url: string, logger: FastifyBaseLogger): Redis {
  const redis = new Redis(url, {
    commandTimeout: commandTimeoutMs,
    connectTimeout: 2_000,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: reconnectAfterMs,
  });
  return withErrorsLogged(redis, logger);
}

/** Opens a connection whose commands wait until Redis is there, for subscriptions and jobs. */
export function openPatientRedis(
  url: string,
  logger: FastifyBaseLogger,
): Redis {
  const redis = new Redis(url, {
    connectTimeout: 2_000,
    maxRetriesPerRequest: null,
    retryStrategy: reconnectAfterMs,
  });
  return withErrorsLogged(redis, logger);
}

function withErrorsLogged(redis: Redis, logger: FastifyBaseLogger): Redis {
  // Without a listener, a lost connection would end the process.
  return redis.on('error', error =>
    logger.debug({ err: error }, 'Redis connection lost'),
  );
}
