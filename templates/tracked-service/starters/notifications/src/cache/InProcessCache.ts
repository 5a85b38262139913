import { sql } from 'drizzle-orm';
import type { FastifyBaseLogger } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { NotificationChannel } from '../bus/postgres/NotificationChannel.js';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import { timeToLiveMs, type Cache, type Cached } from './Cache.js';
import { CacheFigures } from './CacheFigures.js';

const maximumEntries = 10_000;
const cacheChannel = 'cache_invalidation';
/** PostgreSQL limits a notification to 8,000 bytes; a key is a user's id. */
const keysPerNotification = 150;

/**
 * The embedded cache: memory of this process. All processes hear of an invalidation through PostgreSQL; while this one
 * cannot hear, it does not use the cache.
 */
export class InProcessCache implements Cache {
  readonly kind = 'in-process';
  readonly #database: ServiceDatabase;
  readonly #channel: NotificationChannel;
  readonly #logger: FastifyBaseLogger;
  readonly #figures = new CacheFigures();
  readonly #stopListening: () => void;
  readonly #entries = new LRUCache<string, { value: unknown }>({
    max: maximumEntries,
    ttl: timeToLiveMs,
  });
  /** Loads that started before their key was invalidated are not kept. */
  readonly #loading = new Map<string, Set<{ stale: boolean }>>();

  constructor(options: {
    database: ServiceDatabase;
    channel: NotificationChannel;
    logger: FastifyBaseLogger;
  }) {
    this.#database = options.database;
    this.#channel = options.channel;
    this.#logger = options.logger;
    this.#stopListening = options.channel.listen(cacheChannel, {
      onMessage: payload => this.#forget(payload.split(' ')),
      onReconnect: () =>
        this.#forget([...this.#loading.keys(), ...this.#entries.keys()]),
    });
  }

  get counts() {
    return this.#figures.counts;
  }

  async readThrough<T>(
    key: string,
    load: () => Promise<T>,
  ): Promise<Cached<T>> {
    if (!this.#channel.connected) {
      this.#figures.error();
      return { value: await load(), source: 'bypass' };
    }
    const known = this.#entries.get(key);
    if (known) {
      this.#figures.hit();
      return { value: known.value as T, source: 'hit' };
    }
    this.#figures.miss();
    return { value: await this.#load(key, load), source: 'miss' };
  }

  async invalidate(keys: readonly string[]): Promise<void> {
    this.#forget(keys);
    try {
      for (let start = 0; start < keys.length; start += keysPerNotification) {
        const payload = keys
          .slice(start, start + keysPerNotification)
          .join(' ');
        await this.#database.queries.execute(
          sql`SELECT pg_notify(${cacheChannel}, ${payload})`,
        );
      }
    } catch (error) {
      this.#logger.warn(
        { err: error },
        'other instances keep their cache until it expires',
      );
    }
  }

  async close(): Promise<void> {
    this.#stopListening();
    await Promise.resolve();
  }

  async #load<T>(key: string, load: () => Promise<T>): Promise<T> {
    const mark = { stale: false };
    const marks = this.#loading.get(key) ?? new Set();
    this.#loading.set(key, marks.add(mark));
    try {
      const value = await load();
      if (!mark.stale) this.#entries.set(key, { value });
      return value;
    } finally {
      marks.delete(mark);
      if (marks.size === 0) this.#loading.delete(key);
    }
  }

  #forget(keys: readonly string[]): void {
    for (const key of keys) {
      this.#entries.delete(key);
      for (const mark of this.#loading.get(key) ?? []) mark.stale = true;
    }
  }
}
