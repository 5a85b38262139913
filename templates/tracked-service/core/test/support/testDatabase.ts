import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { pino, type Logger } from 'pino';
import { loadConfig, type Config } from '../../src/config/config.js';

export interface TestDatabase {
  readonly url: string;
  readonly config: Config;
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
    query: sql => run(url.href, sql),
    drop: async () => {
      await run(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
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
