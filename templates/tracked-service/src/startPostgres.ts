import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  findFreePort,
  findPostgresBinaries,
  PostgresServer,
} from '@internal/dev-servers';

const CONNECTION_VARIABLE =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/** Makes an embedded PostgreSQL in a temporary folder, which it returns beside the started server. */
export async function createPostgres(options: {
  settings?: Record<string, string>;
}): Promise<{ server: PostgresServer; directory: string }> {
  const binaries = findPostgresBinaries();
  if (!binaries) {
    throw new Error('There is no embedded PostgreSQL for this platform');
  }
  const directory = mkdtempSync(join(tmpdir(), 'cloudtrace-template-'));
  // As root, PostgreSQL runs as another user, who has to get to its data.
  chmodSync(directory, 0o755);
  const server = new PostgresServer({
    binaries,
    dataDirectory: join(directory, 'data'),
    port: await findFreePort(),
    password: 'postgres',
    ...options,
  });
  await server.initialise();
  await server.start();
  return { server, directory };
}

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
  const { server, directory } = await createPostgres({
    // The data is thrown away at the end.
    settings: { fsync: 'off' },
  });
  process.once('exit', () => {
    // Nothing in it is worth an orderly shutdown.
    if (server.pid) process.kill(server.pid, 'SIGQUIT');
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });
  return server.connectionString();
}
