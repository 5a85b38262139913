import { Redis as Valkey } from 'iovalkey';
import type { FastifyBaseLogger } from 'fastify';
import type { CacheConfig } from './cacheConfig.js';
import type { Cache } from './types.js';

export class ValkeyCache implements Cache {
  readonly #client: Valkey;
  readonly #ttlMs: number;
  #reachable = true;

  constructor(options: {
    config: CacheConfig;
    host: string;
    logger: FastifyBaseLogger;
  }) {
    const { config, host, logger } = options;
    this.#ttlMs = config.CACHE_TTL_MS;
    this.#client = new Valkey({
      host,
      port: config.CACHE_PORT,
      ...(config.CACHE_PASSWORD && { password: config.CACHE_PASSWORD }),
      ...(config.CACHE_TLS && { tls: {} }),
      // A slow cache must never cost more than the query it saves.
      commandTimeout: 100,
      connectTimeout: 1_000,
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      retryStrategy: attempt => Math.min(attempt * 100, 2_000),
    });
    this.#client.on('error', (error: Error) => {
      if (this.#reachable) logger.warn({ err: error }, 'cache is unreachable');
      this.#reachable = false;
    });
    this.#client.on('ready', () => {
      if (!this.#reachable) logger.info('cache is reachable again');
      this.#reachable = true;
    });
  }

  async get(key: string): Promise<string | undefined> {
    return this.#attempt(
      async () => (await this.#client.get(key)) ?? undefined,
    );
  }

  async set(key: string, value: string): Promise<void> {
    await this.#attempt(() => this.#client.set(key, value, 'PX', this.#ttlMs));
  }

  async fill(key: string, value: string): Promise<void> {
    await this.#attempt(() =>
      this.#client.set(key, value, 'PX', this.#ttlMs, 'NX'),
    );
  }

  async ping(): Promise<void> {
    await this.#client.ping();
  }

  async close(): Promise<void> {
    this.#client.disconnect();
  }

  async #attempt<T>(command: () => Promise<T>): Promise<T | undefined> {
    try {
      return await command();
    } catch {
      // The listeners above have logged the change of state; a line per request would only repeat it.
      return undefined;
    }
  }
}
