import { rmSync } from 'node:fs';
import type { PostgresServer } from '@internal/dev-servers';
import { createPostgres } from '../startPostgres';

/** An embedded PostgreSQL that can be killed like a lost machine, and started again on the same data. */
export class CrashingPostgres {
  readonly #server: PostgresServer;
  readonly #directory: string;

  private constructor(options: { server: PostgresServer; directory: string }) {
    this.#server = options.server;
    this.#directory = options.directory;
  }

  static async start(): Promise<CrashingPostgres> {
    return new CrashingPostgres(await createPostgres({}));
  }

  get url(): string {
    return this.#server.connectionString();
  }

  /** Ends it immediately and without a checkpoint; it must then recover from its log. */
  kill(): Promise<void> {
    return this.#server.stop('immediate');
  }

  restart(): Promise<void> {
    return this.#server.start();
  }

  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
