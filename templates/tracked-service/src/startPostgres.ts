import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  fastDirectory,
  findFreePort,
  findPostgresBinaries,
  PostgresServer,
} from '@internal/dev-servers';

const CONNECTION_VARIABLE =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/** Creates an embedded PostgreSQL in a temporary folder, which it returns with the started server. */
export async function createPostgres(options: {
  settings?: Record<string, string>;
}): Promise<{ server: PostgresServer; directory: string }> {
  const binaries = findPostgresBinaries();
  if (!binaries) {
    throw new Error('No embedded PostgreSQL is available for this platform');
  }
  const directory = mkdtempSync(join(fastDirectory(), 'cloudtrace-template-'));
  // If the tool runs as root, PostgreSQL runs as another user, who needs access to its data.
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
 * Starts an embedded PostgreSQL with its data in a temporary folder, or uses the one in the environment: the scaffolder
 * stores its tasks in a database, even for a dry run.
 *
 * It lives until this process exits. Stopping it earlier would break the last queries of the backends, which nobody
 * waits for.
 *
 * @returns the connection in the format of `backend.database.connection`
 */
export async function startPostgres(): Promise<string> {
  const existing = process.env[CONNECTION_VARIABLE];
  if (existing) {
    return existing;
  }
  const { server, directory } = await createPostgres({
    // The data is deleted at the end.
    settings: { fsync: 'off' },
  });
  process.once('exit', () => {
    // Its data is not worth an orderly shutdown.
    if (server.pid) process.kill(server.pid, 'SIGQUIT');
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });
  return server.connectionString();
}
