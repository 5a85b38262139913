import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  findFreePort,
  findPostgresBinaries,
  PostgresServer,
} from '@internal/dev-servers';
import type { TestPostgresVersion } from './testPostgresVersions';

/** How a test's PostgreSQL differs from the usual one. */
export interface TestPostgresOptions {
  version?: TestPostgresVersion;
  /** Makes commits survive a crash of the server; off by default, for speed. */
  durable?: boolean;
  /** Further settings, e.g. `{ max_connections: '20' }`. */
  settings?: Record<string, string>;
  /** Folder for the data instead of a new temporary one. */
  parentFolder?: string;
}

/** One PostgreSQL server of a test file, with its data in a temporary folder. */
export class TestPostgres {
  readonly #server: PostgresServer;
  /** What {@link TestPostgres.stop} removes. */
  readonly #folder: string;

  private constructor(server: PostgresServer, folder: string) {
    this.#server = server;
    this.#folder = folder;
  }

  static async start(options: TestPostgresOptions = {}): Promise<TestPostgres> {
    const version = options.version ?? '18';
    const binaries = findPostgresBinaries(version);
    if (!binaries) {
      throw new Error(`PostgreSQL ${version} is not installed`);
    }
    const parent =
      options.parentFolder ?? mkdtempSync(join(tmpdir(), 'cloudtrace-pg-'));
    // As root, PostgreSQL runs as another user, who has to get to its data.
    chmodSync(parent, 0o755);
    const dataDirectory = join(parent, 'data');
    const server = new PostgresServer({
      binaries,
      dataDirectory,
      port: await findFreePort(),
      settings: {
        ...(!options.durable && {
          fsync: 'off',
          full_page_writes: 'off',
          synchronous_commit: 'off',
        }),
        ...options.settings,
      },
    });
    await server.initialise();
    await server.start();
    return new TestPostgres(
      server,
      options.parentFolder ? dataDirectory : parent,
    );
  }

  /** Folder of the data. */
  get dataFolder(): string {
    return this.#server.dataDirectory;
  }

  get port(): number {
    return this.#server.port;
  }

  connectionString(database?: string): string {
    return this.#server.connectionString(database);
  }

  /** Starts the server on its data, e.g. again after {@link TestPostgres.down}. */
  up(): Promise<void> {
    return this.#server.start();
  }

  /** Whether the server is there, or was ended by something else than the test. */
  isRunning(): boolean {
    return this.#server.isRunning;
  }

  /** Stops the server and keeps the data; `immediate` as a crash would. */
  down(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    return this.#server.stop(mode);
  }

  /** Stops the server and removes its data. */
  async stop(): Promise<void> {
    await this.down('immediate');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
