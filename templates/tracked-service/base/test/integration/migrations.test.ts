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
    const results = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const pool = new DatabasePool({
          config: database.config,
          credentials: new EnvironmentCredentials(database.config),
          logger: silentLogger,
        });
        try {
          return await migrate(pool, silentLogger);
        } finally {
          await pool.close();
        }
      }),
    );

    const applied = results.flat();
    expect(applied.length).toBeGreaterThan(0);
    expect(new Set(applied).size).toBe(applied.length);

    const recorded = await database.query<{ name: string }>(
      'SELECT name FROM schema_migrations ORDER BY id',
    );
    expect(recorded.map(row => row.name)).toEqual(applied);
  });
});
