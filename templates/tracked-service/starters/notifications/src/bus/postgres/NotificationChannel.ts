import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type pg from 'pg';
import type { DatabasePool } from '../../database/DatabasePool.js';

const firstPauseMs = 250;
const longestPauseMs = 5_000;

export interface ChannelListener {
  onMessage(payload: string): void;
  /** Messages may have been missed: the connection was lost and is back. */
  onReconnect?(): void;
}

/**
 * LISTEN on one connection for all channels of this process; connects again after a loss. Notifications are wake-up
 * calls: whoever listens also polls, so a lost one only delays.
 */
export class NotificationChannel {
  readonly #pool: DatabasePool;
  readonly #logger: FastifyBaseLogger;
  readonly #listeners = new Map<string, Set<ChannelListener>>();
  readonly #closing = new AbortController();
  #client: pg.Client | undefined;
  #running: Promise<void> | undefined;

  constructor(options: { pool: DatabasePool; logger: FastifyBaseLogger }) {
    this.#pool = options.pool;
    this.#logger = options.logger;
  }

  /** Whether notifications arrive now. */
  get connected(): boolean {
    return this.#client !== undefined;
  }

  /** @returns stops listening. */
  listen(channel: string, listener: ChannelListener): () => void {
    const known = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, known.add(listener));
    this.#running ??= this.#run();
    void this.#client
      ?.query(`LISTEN ${channel}`)
      .catch((error: unknown) => this.#logger.debug({ err: error }));
    return () => known.delete(listener);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#client?.end().catch(() => undefined);
    await this.#running;
  }

  async #run(): Promise<void> {
    let pauseMs = firstPauseMs;
    while (!this.#closing.signal.aborted) {
      try {
        await this.#listenUntilLost(() => {
          pauseMs = firstPauseMs;
        });
      } catch (error) {
        this.#logger.debug({ err: error }, 'cannot listen for notifications');
      }
      await sleep(pauseMs, undefined, { signal: this.#closing.signal }).catch(
        () => undefined,
      );
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }

  async #listenUntilLost(onConnect: () => void): Promise<void> {
    const client = await this.#pool.connect();
    const lost = new Promise<void>(resolve => client.once('end', resolve));
    client.on('notification', ({ channel, payload }) => {
      for (const listener of this.#listeners.get(channel) ?? []) {
        listener.onMessage(payload ?? '');
      }
    });
    try {
      for (const channel of this.#listeners.keys()) {
        await client.query(`LISTEN ${channel}`);
      }
      if (this.#closing.signal.aborted) return;
      this.#client = client;
      onConnect();
      this.#announceReconnect();
      await lost;
    } finally {
      this.#client = undefined;
      await client.end().catch(() => undefined);
    }
  }

  #announceReconnect(): void {
    for (const listeners of this.#listeners.values()) {
      for (const listener of listeners) listener.onReconnect?.();
    }
  }
}
