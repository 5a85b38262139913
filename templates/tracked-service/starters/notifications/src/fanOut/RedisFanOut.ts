import type { FastifyBaseLogger } from 'fastify';
import type { Redis } from 'ioredis';
import type { FanOut, FanOutListener } from './FanOut.js';

const fanOutChannel = 'notifications:fan-out';

/** Publish and subscribe of Redis or Valkey. */
export class RedisFanOut implements FanOut {
  readonly kind = 'redis';
  readonly #redis: Redis;
  readonly #openSubscriber: () => Redis;
  readonly #logger: FastifyBaseLogger;
  readonly #listeners = new Set<FanOutListener>();
  #subscriber: Redis | undefined;

  constructor(options: {
    redis: Redis;
    /** Opens a second connection: one that subscribes can do nothing else. */
    openSubscriber: () => Redis;
    logger: FastifyBaseLogger;
  }) {
    this.#redis = options.redis;
    this.#openSubscriber = options.openSubscriber;
    this.#logger = options.logger;
  }

  async publish(userIds: readonly string[]): Promise<void> {
    if (userIds.length === 0) return;
    await this.#redis.publish(fanOutChannel, userIds.join(' '));
  }

  subscribe(listener: FanOutListener): () => void {
    this.#listeners.add(listener);
    this.#subscriber ??= this.#open();
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#subscriber?.disconnect();
    await Promise.resolve();
  }

  #open(): Redis {
    const subscriber = this.#openSubscriber();
    subscriber.on('ready', () => {
      for (const listener of this.#listeners) listener.onGap();
    });
    subscriber.on('message', (_channel, payload) => {
      for (const listener of this.#listeners) {
        listener.onUsers(payload.split(' '));
      }
    });
    void subscriber.subscribe(fanOutChannel).catch((error: unknown) => {
      this.#logger.debug({ err: error }, 'the subscription waits for Redis');
    });
    return subscriber;
  }
}
