import {
  createRedisBackend,
  PostgresQueueBackend,
  type BackendFactory,
  type ConnectionOptions,
  type PostgresConnectionOptions,
  type RedisQueueBackend,
} from 'bullmq';
import type { FastifyBaseLogger } from 'fastify';
import type { Redis } from 'ioredis';
import type { DatabasePool } from '../database/DatabasePool.js';
import { JobConnection } from './JobConnection.js';
import { JobPool } from './JobPool.js';

type Backend = BackendFactory<RedisQueueBackend>;

/** BullMQ's own. */
const schema = 'bullmq';
/** Two for the queue and its worker, and one that listens. */
const connections = 3;

/** Where BullMQ keeps its jobs. */
export interface JobStorage {
  readonly kind: 'postgresql' | 'redis';
  /** Creates a queue or a worker on it. */
  open<T>(create: (connection: ConnectionOptions, backend: Backend) => T): T;
  close(): Promise<void>;
}

/** BullMQ's classes are typed for one backend; the code that uses them is the same for both. */
export function postgresJobStorage(
  database: DatabasePool,
  logger: FastifyBaseLogger,
): JobStorage {
  const pool = new JobPool({
    pool: database.openPool({ schema, max: connections }),
    schema,
    logger,
  });
  const backend: BackendFactory<
    PostgresQueueBackend,
    PostgresConnectionOptions
  > = (name, options, { withBlockingConnection } = {}) =>
    new PostgresQueueBackend(
      new JobConnection(pool),
      name,
      options,
      true,
      // The job board finds workers by the name of their connection.
      withBlockingConnection ? name : undefined,
    );
  return {
    kind: 'postgresql',
    open: create => create(pool, backend as unknown as Backend),
    close: () => pool.end(),
  };
}

/** The client must wait for Redis rather than fail. */
export function redisJobStorage(redis: Redis): JobStorage {
  return {
    kind: 'redis',
    open: create => create(redis, createRedisBackend),
    close: async () => {
      redis.disconnect();
      await Promise.resolve();
    },
  };
}
