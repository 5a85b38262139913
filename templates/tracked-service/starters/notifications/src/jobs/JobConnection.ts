import { PostgresConnection } from 'bullmq';
import type { JobPool } from './JobPool.js';

/**
 * BullMQ's connection to PostgreSQL. BullMQ's own one tries to connect once, and after a failure refuses everything until
 * the process ends.
 */
export class JobConnection extends PostgresConnection {
  readonly #pool: JobPool;

  constructor(pool: JobPool) {
    super(pool);
    this.#pool = pool;
  }

  override waitUntilReady(): Promise<void> {
    return this.#pool.waitUntilReady();
  }
}
