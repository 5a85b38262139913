import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrateWithRoles } from '../../src/database/migrateWithRoles.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';

let database: TestDatabase;
let migrating: pg.Client;
let other: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.migrate();
  [migrating, other] = [1, 2].map(
    () => new pg.Client({ connectionString: database.url }),
  ) as [pg.Client, pg.Client];
  await migrating.connect();
  await other.connect();
});
afterAll(async () => {
  await migrating.end();
  await other.end();
  await database.drop();
});

it('a migration that waits for a table gives up, lets requests pass, and is repeated', async () => {
  await other.query('BEGIN');
  await other.query('LOCK TABLE schema_migrations IN ACCESS EXCLUSIVE MODE');
  const lines = new PassThrough();
  const migration = migrateWithRoles({
    client: migrating,
    logger: pino({ level: 'warn' }, lines),
  });
  const [line] = (await once(lines, 'data')) as [Buffer];
  await other.query('ROLLBACK');
  await migration;
  expect(JSON.parse(line.toString())).toMatchObject({
    msg: 'a table is in use; the migration lets its users pass and is repeated',
    attempt: 1,
  });
});
