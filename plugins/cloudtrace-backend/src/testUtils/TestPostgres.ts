import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  fastDirectory,
  findFreePort,
  findPostgresBinaries,
  PostgresServer,
} from '@internal/dev-servers';
import { copyPreparedDataFolder, DATA_PREFIX } from './preparedDataFolder';
import {
  testPostgresVersion,
  type TestPostgresVersion,
} from './testPostgresVersions';

/** Options of a PostgreSQL server for tests. */
export interface TestPostgresOptions {
  version?: TestPostgresVersion;
  /**
   * Makes commits survive a crash of the server, with its data on a disk; off by
   * default, for speed.
   */
  durable?: boolean;
  /** More settings, e.g. `{ max_connections: '20' }`. */
  settings?: Record<string, string>;
  /** Existing data folder; a new temporary one by default. */
  parentFolder?: string;
}

/** The PostgreSQL server of one test file, with its data in a temporary folder. */
export class TestPostgres {
  readonly #server: PostgresServer;
  /** Removed by {@link TestPostgres.stop}. */
  readonly #folder: string;

  private constructor(server: PostgresServer, folder: string) {
    this.#server = server;
    this.#folder = folder;
  }

  static async start(options: TestPostgresOptions = {}): Promise<TestPostgres> {
    const version = options.version ?? testPostgresVersion();
    const binaries = findPostgresBinaries(version);
    if (!binaries) {
      throw new Error(`PostgreSQL ${version} is not installed`);
    }
    const parent =
      options.parentFolder ??
      mkdtempSync(
        join(options.durable ? tmpdir() : fastDirectory(), DATA_PREFIX),
      );
    // If the tests run as root, PostgreSQL runs as another user, who needs
    // access to its data.
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
    // A folder that the test provides may be too small for the prepared data.
    await (options.parentFolder
      ? server.initialise()
      : copyPreparedDataFolder(binaries, dataDirectory));
    await server.start();
    return new TestPostgres(
      server,
      options.parentFolder ? dataDirectory : parent,
    );
  }

  /** Data folder. */
  get dataFolder(): string {
    return this.#server.dataDirectory;
  }

  get port(): number {
    return this.#server.port;
  }

  connectionString(database?: string): string {
    return this.#server.connectionString(database);
  }

  /** Starts the server with its data, e.g. again after {@link TestPostgres.down}. */
  up(): Promise<void> {
    return this.#server.start();
  }

  /** Whether the server is running, or was ended by something other than the test. */
  isRunning(): boolean {
    return this.#server.isRunning;
  }

  /** Stops the server and keeps the data; `immediate` simulates a crash. */
  down(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    return this.#server.stop(mode);
  }

  /** Stops the server and removes its data. */
  async stop(): Promise<void> {
    await this.down('immediate');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
