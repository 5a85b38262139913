import type { Config } from '../config/config.js';
import { KafkaEventBus } from '../bus/kafka/KafkaEventBus.js';
import { kafkaConnection } from '../bus/kafka/kafkaConnection.js';
import type { EventBus } from '../bus/EventBus.js';
import { NotificationChannel } from '../bus/postgres/NotificationChannel.js';
import { PostgresEventBus } from '../bus/postgres/PostgresEventBus.js';
import { topics } from '../bus/topics.js';
import { InProcessCache } from '../cache/InProcessCache.js';
import { RedisCache } from '../cache/RedisCache.js';
import { PostgresFanOut } from '../fanOut/PostgresFanOut.js';
import { RedisFanOut } from '../fanOut/RedisFanOut.js';
import { BullJobQueue } from '../jobs/BullJobQueue.js';
import { postgresJobStorage, redisJobStorage } from '../jobs/jobStorage.js';
import { openPatientRedis, openRedis } from '../redis/openRedis.js';
import type { StarterContext } from '../starter/types.js';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import type { Adapters } from './Adapters.js';

interface Options extends Omit<StarterContext, 'database'> {
  readonly pool: StarterContext['database'];
  readonly database: ServiceDatabase;
}

const queueName = 'notifications';

/** Creates the adapters that the settings choose. */
export function createAdapters(options: Options): Adapters {
  const { config, pool, logger } = options;
  const channel = new NotificationChannel({ pool, logger });
  const eventBus = createEventBus(options, channel);
  const rest = config.REDIS_URL
    ? onRedis(config.REDIS_URL, options)
    : onPostgres(options, channel);
  return {
    channel,
    eventBus,
    ...rest,
    close: async () => {
      await eventBus.close();
      await rest.close();
      await channel.close();
    },
  };
}

function createEventBus(
  { config, instance, database, logger }: Options,
  channel: NotificationChannel,
): EventBus {
  return config.KAFKA_BROKERS
    ? new KafkaEventBus({
        connection: kafkaConnection(config, config.KAFKA_BROKERS, instance.id),
        replicas: config.KAFKA_REPLICAS,
        logger,
        topics,
      })
    : new PostgresEventBus({ database, channel, logger, topics });
}

function onRedis(url: string, { logger }: Options) {
  const redis = openRedis(url, logger);
  const cache = new RedisCache({ redis, logger });
  const fanOut = new RedisFanOut({
    redis,
    openSubscriber: () => openPatientRedis(url, logger),
    logger,
  });
  const jobQueue = new BullJobQueue({
    queueName,
    storage: redisJobStorage(openPatientRedis(url, logger)),
    logger,
  });
  return {
    cache,
    fanOut,
    jobQueue,
    close: async () => {
      await jobQueue.close();
      await fanOut.close();
      redis.disconnect();
    },
  };
}

function onPostgres(
  { pool, database, logger }: Options,
  channel: NotificationChannel,
) {
  const cache = new InProcessCache({ database, channel, logger });
  const fanOut = new PostgresFanOut({ database, channel });
  const jobQueue = new BullJobQueue({
    queueName,
    storage: postgresJobStorage(pool, logger),
    logger,
  });
  return {
    cache,
    fanOut,
    jobQueue,
    close: async () => {
      await jobQueue.close();
      await cache.close();
    },
  };
}

/** Environments on a developer's machine, without TLS. */
export const isLocal = (config: Config) =>
  ['local', 'development'].includes(config.DEPLOYMENT_ENVIRONMENT);
