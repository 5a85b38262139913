import {
  createPostgresBackend,
  createRedisBackend,
  type BackendFactory,
  type ConnectionOptions,
  type RedisQueueBackend,
} from 'bullmq';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';

type Backend = BackendFactory<RedisQueueBackend>;

/** Where BullMQ keeps its jobs. */
export interface JobStorage {
  readonly kind: 'postgresql' | 'redis';
  /** Creates a queue or a worker on it. */
  open<T>(create: (connection: ConnectionOptions, backend: Backend) => T): T;
  close(): Promise<void>;
}

/** BullMQ's classes are typed for one backend; the code that uses them is the same for both. */
export function postgresJobStorage(pool: Pool): JobStorage {
  return {
    kind: 'postgresql',
    open: create => create(pool, createPostgresBackend as unknown as Backend),
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
