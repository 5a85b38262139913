import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  assertSchemaCompatibility,
  SchemaMigrationRequiredError,
  type PgPool,
  type PgPoolClient,
} from 'bullmq';
import type { FastifyBaseLogger } from 'fastify';
import type { QueryResult } from 'pg';
import { Backoff } from '../bus/Backoff.js';
import type { DatabasePool } from '../database/DatabasePool.js';
import { classifyError } from '../database/errors.js';

/**
 * What BullMQ needs of a `pg.Pool`, from the service's own pool, which retries connections and follows credentials that
 * change. A statement is sent once: BullMQ's are not all safe to repeat.
 */
export class JobPool extends EventEmitter implements PgPool {
  readonly #pool: DatabasePool;
  readonly #schema: string;
  readonly #logger: FastifyBaseLogger;
  #ready: Promise<void> | undefined;
  #ended = false;

  constructor(options: {
    pool: DatabasePool;
    schema: string;
    logger: FastifyBaseLogger;
  }) {
    super();
    this.#pool = options.pool;
    this.#schema = options.schema;
    this.#logger = options.logger;
  }

  /** Waits until the database is reachable and migrated. */
  waitUntilReady(): Promise<void> {
    this.#ready ??= this.#untilReady();
    return this.#ready;
  }

  async connect(): Promise<PgPoolClient> {
    // BullMQ declares the part of `pg` that it uses, more strictly than the types of `pg`.
    return (await this.#pool.acquire()) as unknown as PgPoolClient;
  }

  async query(text: string, values: unknown[] = []): Promise<QueryResult> {
    const client = await this.#pool.acquire();
    let broken: Error | undefined;
    try {
      return await client.query(text, values);
    } catch (error) {
      if (classifyError(error) === 'connection') broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  end(): Promise<void> {
    this.#ended = true;
    return this.#pool.close();
  }

  async #untilReady(): Promise<void> {
    const backoff = new Backoff({ firstMs: 100, longestMs: 5_000 });
    while (!this.#isEnded()) {
      try {
        await assertSchemaCompatibility(this, this.#schema);
        return;
      } catch (error) {
        this.#report(error);
        await sleep(backoff.failMs(), undefined, { ref: false });
      }
    }
    // As BullMQ does with what it is asked while it closes: nobody handles a rejection any more.
    return new Promise(() => undefined);
  }

  #report(error: unknown): void {
    if (error instanceof SchemaMigrationRequiredError) {
      this.#logger.info('the job queue waits for the migrations');
    } else {
      this.#logger.warn(
        { err: error },
        'the job queue is not ready; it is retried',
      );
    }
  }

  /** A method, because the compiler does not expect another one to change the field meanwhile. */
  #isEnded(): boolean {
    return this.#ended;
  }
}
