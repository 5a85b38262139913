import type { FastifyBaseLogger } from 'fastify';
import type { NotificationChannel } from '../bus/postgres/NotificationChannel.js';
import type { EventBus } from '../bus/EventBus.js';
import type { Cache } from '../cache/Cache.js';
import type { FanOut } from '../fanOut/FanOut.js';
import type { JobQueue } from '../jobs/JobQueue.js';

/** What moves messages, jobs and cached values: Kafka and Redis, or PostgreSQL and memory. */
export interface Adapters {
  readonly channel: NotificationChannel;
  readonly eventBus: EventBus;
  readonly jobQueue: JobQueue;
  readonly cache: Cache;
  readonly fanOut: FanOut;
  close(): Promise<void>;
}

export interface AdapterKinds {
  readonly eventBus: EventBus['kind'];
  readonly jobQueue: JobQueue['kind'];
  readonly cache: Cache['kind'];
  readonly fanOut: FanOut['kind'];
}

export function kindsOf(adapters: Adapters): AdapterKinds {
  return {
    eventBus: adapters.eventBus.kind,
    jobQueue: adapters.jobQueue.kind,
    cache: adapters.cache.kind,
    fanOut: adapters.fanOut.kind,
  };
}

/** Says plainly what runs, and how to change it. */
export function announceAdapters(
  adapters: Adapters,
  logger: FastifyBaseLogger,
): void {
  const kinds = kindsOf(adapters);
  const bus =
    kinds.eventBus === 'kafka'
      ? 'events go through Kafka'
      : 'events go through the embedded bus in PostgreSQL (set KAFKA_BROKERS for Kafka)';
  const rest =
    kinds.fanOut === 'redis'
      ? 'cache, fan-out and jobs use Redis'
      : 'the cache is in memory, fan-out and jobs are in PostgreSQL (set REDIS_URL for Redis)';
  logger.info({ adapters: kinds }, `${bus}; ${rest}`);
}
