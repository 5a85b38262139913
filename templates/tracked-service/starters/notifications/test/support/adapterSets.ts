import { randomUUID } from 'node:crypto';
import { KafkaEventBus } from '../../src/bus/kafka/KafkaEventBus.js';
import { kafkaConnection } from '../../src/bus/kafka/kafkaConnection.js';
import type { EventBus, Topic } from '../../src/bus/EventBus.js';
import { NotificationChannel } from '../../src/bus/postgres/NotificationChannel.js';
import { PostgresEventBus } from '../../src/bus/postgres/PostgresEventBus.js';
import type { Cache } from '../../src/cache/Cache.js';
import { InProcessCache } from '../../src/cache/InProcessCache.js';
import { RedisCache } from '../../src/cache/RedisCache.js';
import { DatabasePool } from '../../src/database/DatabasePool.js';
import type { FanOut } from '../../src/fanOut/FanOut.js';
import { PostgresFanOut } from '../../src/fanOut/PostgresFanOut.js';
import { RedisFanOut } from '../../src/fanOut/RedisFanOut.js';
import {
  BullJobQueue,
  type BullJobQueueOptions,
} from '../../src/jobs/BullJobQueue.js';
import {
  postgresJobStorage,
  redisJobStorage,
} from '../../src/jobs/jobStorage.js';
import { openPatientRedis, openRedis } from '../../src/redis/openRedis.js';
import { EnvironmentCredentials } from '../../src/secrets/EnvironmentCredentials.js';
import { ServiceDatabase } from '../../src/storage/ServiceDatabase.js';
import { realKafka, realRedis } from './realServers.js';
import {
  createTestDatabase,
  silentLogger as logger,
  type TestDatabase,
} from './testDatabase.js';
import { waitFor } from './waitFor.js';

/** The adapters of one process. */
export interface Process {
  readonly cache: Cache;
  readonly fanOut: FanOut;
  readonly jobQueue: BullJobQueue;
  readonly eventBus: EventBus;
}

/** A way to run, as the contract tests see it. */
export interface AdapterSet {
  readonly topic: Topic;
  /** Opens the adapters of another process, with jobs in this queue. */
  open(queueName?: string, options?: QueueOptions): Promise<Process>;
  close(): Promise<void>;
}

type QueueOptions = Pick<BullJobQueueOptions, 'restorePeriodMs'>;

const jobOptions = { logger, attempts: 3, pauseMs: 50 };

/** PostgreSQL and memory. */
export async function embeddedSet(): Promise<AdapterSet> {
  const test = await createTestDatabase();
  const { config } = await test.migrate();
  const topic = { name: 'contract', partitions: 4 };
  const closings: (() => Promise<void>)[] = [];
  return {
    topic,
    open: async (queueName = 'jobs', queueOptions = {}) => {
      const pool = new DatabasePool({
        config,
        credentials: new EnvironmentCredentials(config),
        logger,
      });
      const database = new ServiceDatabase(pool);
      const channel = new NotificationChannel({ pool, logger });
      const options = { database, channel, logger };
      const storage = postgresJobStorage(pool, logger);
      const process = {
        cache: new InProcessCache(options),
        fanOut: new PostgresFanOut(options),
        jobQueue: new BullJobQueue({
          storage,
          queueName,
          ...jobOptions,
          ...queueOptions,
        }),
        eventBus: new PostgresEventBus({ ...options, topics: [topic] }),
      };
      closings.push(async () => {
        await process.jobQueue.close();
        await channel.close();
        await pool.close();
      });
      await waitFor('channel', () => channel.connected);
      return process;
    },
    close: async () => {
      for (const close of closings) await close();
      await test.drop();
    },
  };
}

/** Redis for cache, fan-out and jobs; the event bus stays embedded. */
export async function redisSet(): Promise<AdapterSet> {
  const redisServer = await realRedis.start();
  const embedded = await embeddedSet();
  const closings: (() => Promise<void>)[] = [];
  return {
    ...embedded,
    open: async (queueName = 'jobs', queueOptions = {}) => {
      const redis = openRedis(redisServer.url, logger);
      const patient = () => openPatientRedis(redisServer.url, logger);
      const process = {
        ...(await embedded.open()),
        cache: new RedisCache({ redis, logger }),
        fanOut: new RedisFanOut({ redis, openSubscriber: patient, logger }),
        jobQueue: new BullJobQueue({
          queueName,
          storage: redisJobStorage(patient()),
          ...jobOptions,
          ...queueOptions,
        }),
      };
      closings.push(async () => {
        await process.jobQueue.close();
        await process.fanOut.close();
        redis.disconnect();
      });
      await waitFor('Redis', () => redis.status === 'ready');
      return process;
    },
    close: async () => {
      for (const close of closings) await close();
      await embedded.close();
      await redisServer.stop();
    },
  };
}

/** A Kafka broker as the event bus. */
export async function kafkaBus(database: TestDatabase) {
  const broker = await realKafka.start();
  const topic = { name: `contract-${randomUUID()}`, partitions: 4 };
  const buses: KafkaEventBus[] = [];
  const open = async (): Promise<EventBus> => {
    const bus = new KafkaEventBus({
      connection: kafkaConnection(database.config, broker.brokers, 'test'),
      replicas: 1,
      logger,
      topics: [topic],
    });
    buses.push(bus);
    await bus.createTopics([topic]);
    return bus;
  };
  const close = async () => {
    for (const bus of buses) await bus.close();
    await broker.stop('SIGKILL');
  };
  return { topic, open, close };
}
