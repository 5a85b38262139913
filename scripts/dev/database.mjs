import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  EMBEDDED_POSTGRES_MAJOR,
  findFreePort,
  findPostgresBinaries,
  PostgresServer,
} from '../../packages/dev-servers/src/index.js';
import { localDir } from '../lib/paths.mjs';
import { UserError } from './UserError.mjs';

const dataDir = join(localDir, 'postgres');
const passwordFile = join(localDir, 'postgres.password');
const logFile = join(localDir, 'logs/database.log');

/** Drops the local database. */
export function resetDatabase() {
  rmSync(dataDir, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
}

function checkDataDir() {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return;
  const versionFile = join(dataDir, 'PG_VERSION');
  const advice =
    'run `npm run dev -- --reset` to start with an empty database, or move the folder away';
  if (!existsSync(versionFile) || !existsSync(passwordFile)) {
    throw new UserError(
      `The database folder ${dataDir} is incomplete: ${advice}.`,
    );
  }
  const version = readFileSync(versionFile, 'utf8').trim();
  if (version !== EMBEDDED_POSTGRES_MAJOR) {
    throw new UserError(
      `The database folder ${dataDir} belongs to PostgreSQL ${version}, but ${EMBEDDED_POSTGRES_MAJOR} is installed: ${advice}.`,
    );
  }
}

function readPassword() {
  mkdirSync(localDir, { recursive: true });
  if (!existsSync(passwordFile)) {
    writeFileSync(passwordFile, randomBytes(18).toString('base64url'));
    chmodSync(passwordFile, 0o600);
  }
  return readFileSync(passwordFile, 'utf8').trim();
}

async function ensureDatabase(server) {
  const { Client } = createRequire(import.meta.url)('pg');
  const client = new Client({ connectionString: server.connectionString() });
  await client.connect();
  const { rowCount } = await client.query(
    "SELECT 1 FROM pg_database WHERE datname = 'cloudtrace'",
  );
  if (!rowCount) await client.query('CREATE DATABASE cloudtrace');
  await client.end();
}

/**
 * Starts the embedded PostgreSQL with its data in .local/postgres.
 *
 * @returns `url`: that of its `cloudtrace` database; `exited`: a promise that
 * rejects with a UserError if the server ends before `expectEnd()`; `stop()`.
 */
export async function startDatabase() {
  checkDataDir();
  const binaries = findPostgresBinaries();
  if (!binaries) {
    throw new UserError(
      'The embedded PostgreSQL does not support this platform: set CLOUDTRACE_DATABASE_URL to your own PostgreSQL.',
    );
  }
  const server = new PostgresServer({
    binaries,
    dataDirectory: dataDir,
    password: readPassword(),
    port: await findFreePort(15432),
    settings: { max_connections: '200' },
    logFile,
  });
  try {
    if (!existsSync(join(dataDir, 'PG_VERSION'))) await server.initialise();
    await server.start();
  } catch (error) {
    throw new UserError(error.message);
  }
  await ensureDatabase(server);

  let endExpected = false;
  const exited = server.exited.then(() => {
    if (!endExpected) {
      throw new UserError(
        `The database ended unexpectedly. Its log is ${logFile}.`,
      );
    }
  });
  // The caller handles the rejection if it awaits the promise; without this a
  // late crash would be an unhandled rejection.
  exited.catch(() => {});
  return {
    url: server.connectionString('cloudtrace'),
    exited,
    expectEnd() {
      endExpected = true;
    },
    stop: () => server.stop(),
  };
}
