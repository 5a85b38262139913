import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabasePool } from '../../src/database/DatabasePool.js';
import { migrate } from '../../src/database/migrate.js';
import { EnvironmentCredentials } from '../../src/secrets/EnvironmentCredentials.js';
import {
  createTestDatabase,
  silentLogger,
  type TestDatabase,
} from '../support/testDatabase.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

describe('migrations', () => {
  it('are applied once when several instances start together', async () => {
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        const pool = new DatabasePool({
          config: database.config,
          credentials: new EnvironmentCredentials(database.config),
          logger: silentLogger,
        });
        try {
          await migrate(pool, silentLogger);
        } finally {
          await pool.close();
        }
      }),
    );

    const files = readdirSync(new URL('../../migrations', import.meta.url));
    const recorded = await database.query<{ name: string }>(
      'SELECT name FROM schema_migrations ORDER BY id',
    );
    expect(recorded.map(({ name }) => `${name}.sql`)).toEqual(files.sort());
  });
});
