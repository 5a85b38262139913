import { afterAll, beforeAll, expect, it } from 'vitest';
import { countActiveUsers } from '../../src/activeUsers/countActiveUsers.js';
import { DatabasePool } from '../../src/database/DatabasePool.js';
import { migrate } from '../../src/database/migrate.js';
import { DatabaseRequestStore } from '../../src/requests/DatabaseRequestStore.js';
import { EnvironmentCredentials } from '../../src/secrets/EnvironmentCredentials.js';
import {
  createTestDatabase,
  silentLogger,
  type TestDatabase,
} from '../support/testDatabase.js';

let database: TestDatabase;
let pool: DatabasePool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new DatabasePool({
    config: database.config,
    credentials: new EnvironmentCredentials(database.config),
    logger: silentLogger,
  });
  await migrate(pool, silentLogger);
});

afterAll(async () => {
  await pool.close();
  await database.drop();
});

it('counts the users that were active within the window, across all instances', async () => {
  const input = { subject: 'Printer is on fire', requester: 'ada' };
  const first = new DatabaseRequestStore({
    database: pool,
    instance: { id: 'web-1', zone: 'zone-a' },
  });
  const second = new DatabaseRequestStore({
    database: pool,
    instance: { id: 'web-2', zone: 'zone-b' },
  });
  await first.create(input);
  await second.create(input);
  await first.create({ ...input, requester: 'grace' });
  const { request } = await first.create({ ...input, requester: 'long ago' });
  await database.query(
    `UPDATE requests SET created_at = now() - interval '1 hour' WHERE id = '${request.id}'`,
  );

  expect(await countActiveUsers(pool, 300)).toBe(2);
});
