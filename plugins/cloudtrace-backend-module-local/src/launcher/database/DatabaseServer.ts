import { existsSync, rmSync, writeFileSync, chownSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresServer, type PostgresBinaries } from '@internal/dev-servers';
import { Client } from 'pg';

/** Configuration of both servers: small, and able to stream in either direction. */
const settings: Record<string, string> = {
  shared_buffers: '16MB',
  max_connections: '80',
  max_worker_processes: '4',
  max_parallel_workers: '0',
  autovacuum_max_workers: '1',
  wal_level: 'replica',
  max_wal_senders: '4',
  wal_keep_size: '64MB',
  max_wal_size: '128MB',
  hot_standby: 'on',
  // Demo data has to survive a killed process, not a power cut.
  fsync: 'off',
  full_page_writes: 'off',
  log_min_messages: 'warning',
  log_connections: '',
  wal_receiver_timeout: '5s',
  wal_retrieve_retry_interval: '500ms',
};

/** One server of the database pair: a PostgreSQL in a zone, primary or standby. */
export class DatabaseServer {
  readonly name: string;
  readonly zone: string;
  readonly #password: string;
  readonly #server: PostgresServer;

  constructor(options: {
    name: string;
    zone: string;
    port: number;
    dataDirectory: string;
    password: string;
    binaries: PostgresBinaries;
    logFile: string;
  }) {
    this.name = options.name;
    this.zone = options.zone;
    this.#password = options.password;
    this.#server = new PostgresServer({ ...options, settings });
  }

  get port(): number {
    return this.#server.port;
  }

  get dataDirectory(): string {
    return this.#server.dataDirectory;
  }

  /** Owner of the files in the data folder; undefined for this process's user. */
  get account(): { uid: number; gid: number } | undefined {
    return this.#server.account;
  }

  get pid(): number | undefined {
    return this.#server.pid;
  }

  get running(): boolean {
    return this.#server.isRunning;
  }

  /** Whether a data folder exists, and whether it belongs to a standby. */
  get content(): 'none' | 'primary' | 'standby' {
    if (!existsSync(join(this.dataDirectory, 'PG_VERSION'))) return 'none';
    return existsSync(join(this.dataDirectory, 'standby.signal'))
      ? 'standby'
      : 'primary';
  }

  connectionString(database = 'postgres', port = this.port): string {
    return `postgresql://postgres:${
      this.#password
    }@127.0.0.1:${port}/${database}`;
  }

  /** Creates an empty cluster. */
  initialise(): Promise<void> {
    return this.#server.initialise();
  }

  wipe() {
    rmSync(this.dataDirectory, { recursive: true, force: true });
  }

  /** Writes a file into the data folder that only the server can read. */
  writeFile(name: string, content: string) {
    const path = join(this.dataDirectory, name);
    writeFileSync(path, content, { mode: 0o600 });
    if (this.account) chownSync(path, this.account.uid, this.account.gid);
  }

  /** Starts the server and waits until it accepts queries. */
  async start(): Promise<void> {
    try {
      await this.#server.start();
    } catch (error) {
      throw new Error(
        `"${this.name}": ${
          (error as Error).message
        }. "npm run dev -- --reset" starts with empty data`,
      );
    }
  }

  async query<T = Record<string, unknown>>(
    sql: string,
    options: { database?: string; timeoutMs?: number } = {},
  ): Promise<T[]> {
    const { timeoutMs = 5_000 } = options;
    const client = this.client(options.database, timeoutMs);
    try {
      await client.connect();
      return (await client.query(sql)).rows;
    } finally {
      await client.end().catch(() => {});
    }
  }

  client(database = 'postgres', timeoutMs = 30_000): Client {
    const client = new Client({
      connectionString: this.connectionString(database),
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
      application_name: 'cloudtrace-local-fleet',
    });
    // A killed server breaks its connections, so a pending query rejects
    // without further action.
    client.on('error', () => {});
    return client;
  }

  /** Fast shutdown. */
  stop(): Promise<void> {
    return this.#server.stop('fast');
  }

  /** Immediate shutdown without a checkpoint, like a failed machine. */
  crash(): Promise<void> {
    return this.#server.stop('immediate');
  }
}
