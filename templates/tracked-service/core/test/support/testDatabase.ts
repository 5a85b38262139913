import { exec } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import pg from 'pg';
import { pino, type Logger } from 'pino';
import { loadConfig, type Config } from '../../src/config/config.js';
import { migrateWithRoles } from '../../src/database/migrateWithRoles.js';

export interface TestDatabase {
  readonly url: string;
  readonly config: Config;
  /** Migrates as a deployment does. @returns how the service logs in: with a role that may only read and write rows. */
  migrate(): Promise<{ readonly url: string; readonly config: Config }>;
  /** Runs one statement as the administrator, in this database. */
  query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]>;
  drop(): Promise<void>;
}

export const silentLogger: Logger = pino({ level: 'silent' });

/** Creates an empty database for one test file on the server of `TEST_DATABASE_URL`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = process.env['TEST_DATABASE_URL'];
  if (!serverUrl) {
    throw new Error(
      'TEST_DATABASE_URL is not set; `docker compose up -d postgres` starts one (see README.md)',
    );
  }
  const name = `test_${randomBytes(6).toString('hex')}`;
  await run(serverUrl, `CREATE DATABASE ${name}`);

  const url = new URL(serverUrl);
  url.pathname = name;
  return {
    url: url.href,
    config: loadConfig({ DATABASE_URL: url.href, LOG_LEVEL: 'silent' }),
    migrate: () => migrateForApplication(url),
    query: sql => run(url.href, sql),
    drop: async () => {
      await run(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
      await run(serverUrl, `DROP ROLE IF EXISTS ${name}`);
    },
  };
}

async function migrateForApplication(
  url: URL,
): Promise<{ url: string; config: Config }> {
  // The login has the database's name: logins belong to the server, on which other tests run too.
  const user = url.pathname.slice(1);
  const password = randomBytes(12).toString('hex');
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await migrateWithRoles({
      client,
      logger: silentLogger,
      login: { user, password },
    });
  } finally {
    await client.end();
  }
  const application = new URL(url);
  application.username = user;
  application.password = password;
  return {
    url: application.href,
    config: loadConfig({
      DATABASE_URL: application.href,
      DATABASE_MIGRATE_ON_START: 'false',
      LOG_LEVEL: 'silent',
    }),
  };
}

async function run<Row extends pg.QueryResultRow>(
  connectionString: string,
  sql: string,
): Promise<Row[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const runCommand = promisify(exec);

// How to stop and start the database server of TEST_DATABASE_URL; the defaults are those of docker-compose.yml.
const stopCommand =
  process.env['TEST_DATABASE_STOP'] ??
  'docker compose stop --timeout 5 postgres';
const startCommand =
  process.env['TEST_DATABASE_START'] ?? 'docker compose start postgres';

export async function stopDatabaseServer(): Promise<void> {
  await runCommand(stopCommand);
}

export async function startDatabaseServer(): Promise<void> {
  await runCommand(startCommand);
}
