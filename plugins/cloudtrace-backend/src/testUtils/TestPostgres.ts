import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { postgresBinaries, type TestPostgresVersion } from './postgresBinaries';

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

/**
 * Ends the server when the process that started it is gone, however it went:
 * the shell's standard input is a pipe from that process.
 */
const SUPERVISOR = `
"$@" &
server=$!
trap 'kill -INT $server; wait $server' TERM
(while read -r signal; do kill -"$signal" $server; done; kill -INT $server) <&3 &
watcher=$!
wait $server
kill $watcher 2>/dev/null
exit 0
`;

/** One PostgreSQL server of a test file, with its data in a temporary folder. */
export class TestPostgres {
  #supervisor: ChildProcess | undefined;

  private constructor(
    private readonly binaries: string,
    /** Folder of the data. */
    readonly dataFolder: string,
    readonly port: number,
    private readonly settings: Record<string, string>,
    /** What {@link TestPostgres.stop} removes. */
    private readonly folder: string,
  ) {}

  static async start(options: TestPostgresOptions = {}): Promise<TestPostgres> {
    const version = options.version ?? '18';
    const binaries = postgresBinaries(version);
    if (!binaries) {
      throw new Error(`PostgreSQL ${version} is not installed`);
    }
    const parent =
      options.parentFolder ?? mkdtempSync(join(tmpdir(), 'cloudtrace-pg-'));
    const dataFolder = join(parent, 'data');
    mkdirSync(dataFolder, { recursive: true });
    const account = serverAccount();
    if (account) {
      chownSync(parent, account.uid, account.gid);
      chownSync(dataFolder, account.uid, account.gid);
    }
    execFileSync(
      join(binaries, 'initdb'),
      ['-D', dataFolder, '-U', 'postgres', '-A', 'trust', '-N', '-E', 'UTF8'],
      { ...account, stdio: 'pipe', env: { ...process.env, LC_ALL: 'C.UTF-8' } },
    );
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      ...(options.durable
        ? {}
        : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
      ...options.settings,
    };
    for (let attempt = 1; ; attempt++) {
      const server = new TestPostgres(
        binaries,
        dataFolder,
        await freePort(),
        settings,
        options.parentFolder ? dataFolder : parent,
      );
      try {
        await server.up();
        return server;
      } catch (error) {
        // Someone took the port between looking and listening.
        if (attempt === 3) {
          throw error;
        }
      }
    }
  }

  connectionString(database: string = 'postgres'): string {
    return `postgres://postgres@127.0.0.1:${this.port}/${database}`;
  }

  /** Starts the server on its data, e.g. again after {@link TestPostgres.down}. */
  async up(): Promise<void> {
    const flags = Object.entries(this.settings).flatMap(([key, value]) => [
      '-c',
      `${key}=${value}`,
    ]);
    const supervisor = spawn(
      '/bin/sh',
      [
        '-c',
        SUPERVISOR,
        'postgres-supervisor',
        join(this.binaries, 'postgres'),
        '-D',
        this.dataFolder,
        '-p',
        String(this.port),
        ...flags,
      ],
      { ...serverAccount(), stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
    );
    let log = '';
    supervisor.stderr!.on('data', chunk => {
      log = (log + chunk).slice(-4000);
    });
    this.#supervisor = supervisor;
    const exited = new Promise<'exited'>(resolve =>
      supervisor.once('exit', () => resolve('exited')),
    );
    for (let attempt = 0; attempt < 400; attempt++) {
      const outcome = await Promise.race([
        exited,
        this.#accepts(),
        sleep(2000),
      ]);
      if (outcome === 'exited') {
        throw new Error(`PostgreSQL did not start: ${log}`);
      }
      if (outcome) {
        return;
      }
      await sleep(50);
    }
    throw new Error(`PostgreSQL did not come up in time: ${log}`);
  }

  /** Whether the server is there, or was ended by something else than the test. */
  isRunning(): boolean {
    return this.#supervisor !== undefined && this.#supervisor.exitCode === null;
  }

  /**
   * Stops the server and keeps the data. `immediate` stops it as a crash
   * would: without a checkpoint, and with recovery at the next start.
   */
  async down(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    const supervisor = this.#supervisor;
    this.#supervisor = undefined;
    if (!supervisor || supervisor.exitCode !== null) {
      return;
    }
    const exited = new Promise(resolve => supervisor.once('exit', resolve));
    const control = supervisor.stdio[3] as NodeJS.WritableStream;
    control.write(mode === 'fast' ? 'INT\n' : 'QUIT\n');
    await exited;
  }

  /** Stops the server and removes its data. */
  async stop(): Promise<void> {
    await this.down('immediate');
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #accepts(): Promise<boolean> {
    const client = new Client({
      connectionString: this.connectionString(),
      connectionTimeoutMillis: 1500,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** PostgreSQL refuses to run as root; it runs as the user `postgres` then. */
function serverAccount(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('groupadd', ['-f', 'postgres']);
    execFileSync('useradd', ['-g', 'postgres', 'postgres']);
    return { uid: id('-u'), gid: id('-g') };
  }
}

/** A free port below those that the system hands out to outgoing connections. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const free = await new Promise<boolean>(resolve => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (free) {
      return port;
    }
  }
}
