import type { FastifyBaseLogger } from 'fastify';
import type { Redis } from 'ioredis';
import { timeToLiveMs, type Cache, type Cached } from './Cache.js';
import { CacheFigures } from './CacheFigures.js';

const generationSeconds = 86_400;
/** After a failure, the database answers alone for this long: a slow Redis must not slow down every request. */
const pauseMs = 1_000;

interface Entry {
  readonly generation: string;
  readonly value: unknown;
}

/**
 * A cache that all instances share. An invalidation starts a new generation of the key; a value of an older one, also if it
 * was loaded meanwhile, counts as missing.
 */
export class RedisCache implements Cache {
  readonly kind = 'redis';
  readonly #redis: Redis;
  readonly #logger: FastifyBaseLogger;
  readonly #figures = new CacheFigures();
  #pausedUntil = 0;

  /** The client belongs to the caller, and must fail soon rather than wait. */
  constructor(options: { redis: Redis; logger: FastifyBaseLogger }) {
    this.#redis = options.redis;
    this.#logger = options.logger;
  }

  get counts() {
    return this.#figures.counts;
  }

  async readThrough<T>(
    key: string,
    load: () => Promise<T>,
  ): Promise<Cached<T>> {
    const found = await this.#find(key);
    if (!found) {
      this.#figures.error();
      return { value: await load(), source: 'bypass' };
    }
    if (found.entry?.generation === found.generation) {
      this.#figures.hit();
      return { value: found.entry.value as T, source: 'hit' };
    }
    this.#figures.miss();
    const value = await load();
    await this.#store(key, { generation: found.generation, value });
    return { value, source: 'miss' };
  }

  async invalidate(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    const pipeline = this.#redis.pipeline();
    for (const key of keys) {
      pipeline.incr(generationKey(key));
      pipeline.expire(generationKey(key), generationSeconds);
    }
    await this.#attempt(async () => throwFirstError(await pipeline.exec()));
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }

  async #find(
    key: string,
  ): Promise<{ generation: string; entry: Entry | undefined } | undefined> {
    if (Date.now() < this.#pausedUntil) return undefined;
    return this.#attempt(async () => {
      const [generation, entry] = await this.#redis.mget(
        generationKey(key),
        valueKey(key),
      );
      return {
        generation: generation ?? '0',
        entry: entry ? (JSON.parse(entry) as Entry) : undefined,
      };
    });
  }

  async #store(key: string, entry: Entry): Promise<void> {
    await this.#attempt(() =>
      this.#redis.set(valueKey(key), JSON.stringify(entry), 'PX', timeToLiveMs),
    );
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.#pausedUntil = Date.now() + pauseMs;
      this.#logger.warn(
        { err: error },
        'the cache does not respond; the database answers',
      );
      return undefined;
    }
  }
}

/** A pipeline resolves also if its commands failed. */
function throwFirstError(results: [Error | null, unknown][] | null): void {
  const failure = results?.find(([error]) => error)?.[0];
  if (failure) throw failure;
}

// The braces keep both keys in one slot of a cluster.
const generationKey = (key: string) => `cache:{${key}}:generation`;
const valueKey = (key: string) => `cache:{${key}}:value`;
