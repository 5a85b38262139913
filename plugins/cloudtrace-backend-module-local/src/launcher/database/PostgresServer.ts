import { spawn, type ChildProcess } from 'node:child_process';
import {
  appendFileSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { ProcessRegistry } from '../processes/ProcessRegistry';
import type { PostgresBinaries } from './postgresBinaries';

const startTimeoutMs = 30_000;
const stopTimeoutMs = 8_000;

/** How the pair is configured: small, and able to stream from either side. */
const settings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
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
  // Demo data: it has to survive a killed process, not a power cut.
  fsync: 'off',
  full_page_writes: 'off',
  log_min_messages: 'warning',
  log_connections: '',
  wal_receiver_timeout: '5s',
  wal_retrieve_retry_interval: '500ms',
};

/** One PostgreSQL server process with its data directory. */
export class PostgresServer {
  readonly name: string;
  readonly zone: string;
  readonly port: number;
  readonly dataDirectory: string;
  readonly #password: string;
  readonly #binaries: PostgresBinaries;
  readonly #processes: ProcessRegistry;
  readonly #logFile: string;
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();

  constructor(options: {
    name: string;
    zone: string;
    port: number;
    dataDirectory: string;
    password: string;
    binaries: PostgresBinaries;
    processes: ProcessRegistry;
    logFile: string;
  }) {
    this.name = options.name;
    this.zone = options.zone;
    this.port = options.port;
    this.dataDirectory = options.dataDirectory;
    this.#password = options.password;
    this.#binaries = options.binaries;
    this.#processes = options.processes;
    this.#logFile = options.logFile;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get running(): boolean {
    return this.#child !== undefined;
  }

  /** Whether a data directory exists, and whether it is that of a standby. */
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

  /** Makes an empty cluster. */
  async initialise(): Promise<void> {
    this.wipe();
    mkdirSync(this.dataDirectory, { recursive: true, mode: 0o700 });
    const passwordFile = `${this.dataDirectory}.password`;
    writeFileSync(passwordFile, `${this.#password}\n`, { mode: 0o600 });
    const { user } = this.#binaries;
    if (user) {
      chownSync(this.dataDirectory, user.uid, user.gid);
      chownSync(passwordFile, user.uid, user.gid);
    }
    try {
      const child = spawn(
        this.#binaries.initdb,
        [
          `--pgdata=${this.dataDirectory}`,
          '--auth=scram-sha-256',
          '--username=postgres',
          `--pwfile=${passwordFile}`,
          '--encoding=UTF8',
          '--locale=C',
          '--no-sync',
        ],
        { stdio: ['ignore', 'pipe', 'pipe'], ...user },
      );
      let output = '';
      child.stdout.on('data', chunk => (output += chunk));
      child.stderr.on('data', chunk => (output += chunk));
      const code = await new Promise<number | null>((resolve, reject) => {
        child.on('error', reject);
        child.on('close', resolve);
      });
      if (code !== 0) {
        throw new Error(
          `PostgreSQL could not make a data folder in ${
            this.dataDirectory
          }: ${output.trim().split('\n').pop()}`,
        );
      }
    } finally {
      rmSync(passwordFile, { force: true });
    }
  }

  wipe() {
    rmSync(this.dataDirectory, { recursive: true, force: true });
  }

  /** Starts the server and waits until it answers queries. */
  async start(): Promise<void> {
    rmSync(join(this.dataDirectory, 'postmaster.pid'), { force: true });
    mkdirSync(dirname(this.#logFile), { recursive: true });
    const log = openSync(this.#logFile, 'a');
    const flags = Object.entries(settings).flatMap(([key, value]) => [
      '-c',
      `${key}=${value}`,
    ]);
    const child = spawn(
      this.#binaries.postgres,
      ['-D', this.dataDirectory, '-p', String(this.port), ...flags],
      {
        stdio: ['ignore', log, log],
        detached: true,
        env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
        ...this.#binaries.user,
      },
    );
    closeSync(log);
    this.#child = child;
    this.#exited = new Promise<void>(resolve => {
      child.on('error', error => {
        appendFileSync(this.#logFile, `${error.message}\n`);
        this.#child = undefined;
        resolve();
      });
      child.on('exit', () => {
        if (child.pid) this.#processes.untrack(child.pid);
        if (this.#child === child) this.#child = undefined;
        resolve();
      });
    });
    if (child.pid) {
      this.#processes.track({
        pid: child.pid,
        label: `PostgreSQL ${this.name}`,
        stopSignal: 'SIGINT',
      });
    }
    await this.#waitUntilReady();
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
    // A server that is killed breaks its connections; whoever awaits a query is told there.
    client.on('error', () => {});
    return client;
  }

  /** Fast shutdown. */
  async stop(): Promise<void> {
    this.#child?.kill('SIGINT');
    await Promise.race([
      this.#exited,
      sleep(stopTimeoutMs, undefined, { ref: false }),
    ]);
    await this.crash();
  }

  /** Immediate shutdown without a checkpoint, as a machine that fails. */
  async crash(): Promise<void> {
    this.#child?.kill('SIGQUIT');
    await Promise.race([
      this.#exited,
      sleep(stopTimeoutMs, undefined, { ref: false }),
    ]);
    this.#child?.kill('SIGKILL');
    await this.#exited;
  }

  async #waitUntilReady() {
    const deadline = Date.now() + startTimeoutMs;
    for (;;) {
      if (!this.#child) break;
      try {
        await this.query('SELECT 1', { timeoutMs: 2_000 });
        return;
      } catch {
        if (Date.now() > deadline) break;
        await sleep(100);
      }
    }
    throw new Error(
      `PostgreSQL "${this.name}" did not start on port ${
        this.port
      }; its log is ${
        this.#logFile
      }. "npm run dev -- --reset" starts with empty data`,
    );
  }
}
