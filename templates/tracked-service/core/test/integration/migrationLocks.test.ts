import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import pg from 'pg';
import { pino, type Logger } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrateWithRoles } from '../../src/database/migrateWithRoles.js';
import { withLockTimeout } from '../../src/database/withLockTimeout.js';
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

/** Holds the table's lock until `migrate` gives up for the first time. @returns what was logged then */
async function whileLocked(
  table: string,
  migrate: (logger: Logger) => Promise<void>,
): Promise<unknown> {
  await other.query('BEGIN');
  await other.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  const lines = new PassThrough();
  const migration = migrate(pino({ level: 'warn' }, lines));
  const [line] = (await once(lines, 'data')) as [Buffer];
  await other.query('ROLLBACK');
  await migration;
  return JSON.parse(line.toString());
}

const gaveUp = {
  msg: 'a table is in use; the migration lets its users pass and is repeated',
  attempt: 1,
};

it('a migration that waits for a table gives up, lets requests pass, and is repeated', async () => {
  const logged = await whileLocked('schema_migrations', logger =>
    migrateWithRoles({ client: migrating, logger }),
  );
  expect(logged).toMatchObject(gaveUp);
});

it('a migration is repeated if its library leaves the transaction open', async () => {
  await database.query(
    'CREATE TABLE busy (); GRANT SELECT ON busy TO service_owner',
  );
  const logged = await whileLocked('busy', logger =>
    withLockTimeout({ client: migrating, logger }, async () => {
      for (const statement of ['BEGIN', 'SELECT FROM busy', 'COMMIT']) {
        await migrating.query(statement);
      }
    }),
  );
  expect(logged).toMatchObject(gaveUp);
  const { rows } = await migrating.query('SHOW lock_timeout');
  expect(rows).toEqual([{ lock_timeout: '0' }]);
});
