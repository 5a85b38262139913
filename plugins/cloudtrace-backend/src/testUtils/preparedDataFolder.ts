import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  fastDirectory,
  findFreePort,
  PostgresServer,
  type PostgresBinaries,
} from '@internal/dev-servers';
import { DAY_MS } from '@cloudtrace/plugin-cloudtrace-common';
import knexFactory from 'knex';
import { applyDatabaseMigrations } from '../database/migrations';
import { ensurePartitions } from '../rollups/database/ensurePartitions';

/** The database with all tables, and with partitions around now, in every prepared folder. */
export const TEMPLATE_DATABASE = 'cloudtrace_template';

/** Begins the name of each server's folder. */
export const DATA_PREFIX = 'cloudtrace-pg-';

const PREFIX = 'cloudtrace-prepared-';

/** Everything that the content of a prepared folder depends on, below the package. */
const SOURCES = ['migrations', 'src/database', 'src/rollups/database'];

/**
 * Copies a data folder with {@link TEMPLATE_DATABASE} to `target`.
 *
 * Creating a cluster and migrating it takes some three seconds of one core, a
 * copy a tenth of one, so that the folder is prepared once and kept until the
 * migrations or the day change.
 */
export async function copyPreparedDataFolder(
  binaries: PostgresBinaries,
  target: string,
): Promise<void> {
  const prepared = join(fastDirectory(), `${PREFIX}${keyOf(binaries)}`);
  if (!existsSync(prepared)) {
    removeOldFolders();
    await prepare(binaries, prepared);
  }
  // Keeps the owner, which Node.js's own copy does not.
  await promisify(execFile)('cp', ['-a', join(prepared, 'data'), target]);
}

/** Test files that start together may each prepare a folder; the first one is kept. */
async function prepare(
  binaries: PostgresBinaries,
  prepared: string,
): Promise<void> {
  const folder = mkdtempSync(join(fastDirectory(), `${PREFIX}new-`));
  chmodSync(folder, 0o755);
  const server = new PostgresServer({
    binaries,
    dataDirectory: join(folder, 'data'),
    port: await findFreePort(),
    settings: { fsync: 'off' },
  });
  try {
    await server.initialise();
    await server.start();
    await createTemplate(server);
    await server.stop();
    renameSync(folder, prepared);
  } catch (error) {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    if (!existsSync(prepared)) throw error;
  }
}

async function createTemplate(server: PostgresServer): Promise<void> {
  const admin = connect(server.connectionString());
  try {
    await admin.raw('CREATE DATABASE ??', [TEMPLATE_DATABASE]);
  } finally {
    await admin.destroy();
  }
  const knex = connect(server.connectionString(TEMPLATE_DATABASE));
  try {
    await applyDatabaseMigrations(knex);
    await ensurePartitions(knex, {
      now: new Date(),
      rawRetentionMs: 7 * DAY_MS,
    });
  } finally {
    await knex.destroy();
  }
}

function connect(connection: string) {
  return knexFactory({ client: 'pg', connection, pool: { min: 0, max: 2 } });
}

function keyOf(binaries: PostgresBinaries): string {
  const hash = createHash('sha256');
  hash.update(`${binaries.postgres} ${statSync(binaries.postgres).mtimeMs} `);
  for (const source of SOURCES) {
    const folder = resolvePackagePath(
      '@cloudtrace/plugin-cloudtrace-backend',
      source,
    );
    for (const file of readdirSync(folder).sort()) {
      if (/(?<!\.test)\.[jt]s$/.test(file)) {
        hash.update(file).update(readFileSync(join(folder, file)));
      }
    }
  }
  const day = new Date().toISOString().slice(0, 10);
  return `${binaries.major}-${day}-${hash.digest('hex').slice(0, 16)}`;
}

/** Also those of servers whose test file was killed: they may be in memory. */
function removeOldFolders(): void {
  for (const name of readdirSync(fastDirectory())) {
    const folder = join(fastDirectory(), name);
    if (
      (name.startsWith(PREFIX) || name.startsWith(DATA_PREFIX)) &&
      statSync(folder).mtimeMs < Date.now() - DAY_MS
    ) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
