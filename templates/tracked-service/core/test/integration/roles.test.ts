import { on } from 'node:events';
import { PassThrough } from 'node:stream';
import pg from 'pg';
import { pino, type Logger } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withLockTimeout } from '../../src/database/migrationLocks.js';
import { migrateWithRoles } from '../../src/database/migrateWithRoles.js';
import {
  createTestDatabase,
  silentLogger,
  type TestDatabase,
} from '../support/testDatabase.js';

const INSUFFICIENT_PRIVILEGE = '42501';

let database: TestDatabase;
let application: pg.Client;
let tables: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  const { url } = await database.migrate();
  application = new pg.Client({ connectionString: url });
  await application.connect();
  const rows = await database.query<{ tablename: string }>(
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
  );
  tables = rows
    .map(({ tablename }) => tablename)
    .filter(name => !name.startsWith('schema_'));
});

afterAll(async () => {
  await application.end();
  await database.drop();
});

async function errorOf(sql: string): Promise<string | undefined> {
  try {
    await application.query(sql);
    return undefined;
  } catch (error) {
    return (error as pg.DatabaseError).code;
  }
}

describe('the login of the service', () => {
  it('reads and writes the rows of every table', async () => {
    expect(tables.length).toBeGreaterThan(0);
    for (const table of tables) {
      const { rows } = await application.query<{ allowed: boolean }>(
        "SELECT bool_and(has_table_privilege($1, privilege)) AS allowed FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS privilege",
        [table],
      );
      expect(rows[0]?.allowed, table).toBe(true);
    }
  });

  it('cannot create, alter, empty or drop a table', async () => {
    const [table] = tables;
    for (const sql of [
      'CREATE TABLE intruder (id int)',
      'CREATE SCHEMA intruder',
      `ALTER TABLE ${table} ADD COLUMN intruder int`,
      `CREATE INDEX ON ${table} ((1))`,
      `TRUNCATE ${table} CASCADE`,
      `DROP TABLE ${table} CASCADE`,
    ]) {
      expect(await errorOf(sql), sql).toBe(INSUFFICIENT_PRIVILEGE);
    }
  });

  it('cannot pretend that a migration was applied', async () => {
    expect(await errorOf('DELETE FROM schema_migrations')).toBe(
      INSUFFICIENT_PRIVILEGE,
    );
    expect(
      await errorOf(
        "INSERT INTO schema_fingerprints (fingerprint) VALUES ('x')",
      ),
    ).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it('is neither the owner nor a superuser, and can create no role', async () => {
    const { rows } = await application.query(
      "SELECT rolsuper, rolcreaterole, rolcreatedb, pg_has_role('service_owner', 'MEMBER') AS owner FROM pg_roles WHERE rolname = current_user",
    );
    expect(rows).toEqual([
      {
        rolsuper: false,
        rolcreaterole: false,
        rolcreatedb: false,
        owner: false,
      },
    ]);
    expect(await errorOf('SET ROLE service_owner')).toBe(
      INSUFFICIENT_PRIVILEGE,
    );
    expect(await errorOf('CREATE ROLE intruder')).toBe(INSUFFICIENT_PRIVILEGE);
  });
});

describe('a repeated migration', () => {
  it('changes the password, and keeps running connections', async () => {
    const { url } = await database.migrate();
    await application.query('SELECT 1');
    const again = new pg.Client({ connectionString: url });
    await again.connect();
    await again.end();
  });

  it('takes over tables of a service that was the master user before', async () => {
    await database.query('CREATE TABLE older (id int)');
    await database.migrate();
    await application.query('INSERT INTO older VALUES (1)');
    expect(await errorOf('DROP TABLE older')).toBe(INSUFFICIENT_PRIVILEGE);
  });
});

describe('a migration that ends early', () => {
  it('does not tell the instances that the schema is there', async () => {
    const other = await createTestDatabase();
    const client = new pg.Client({ connectionString: other.url });
    await client.connect();
    try {
      await expect(
        migrateWithRoles({
          client,
          logger: silentLogger,
          // PostgreSQL reserves names that begin like this.
          login: { user: 'pg_intruder', password: 'x' },
        }),
      ).rejects.toThrow('reserved');
      expect(
        await other.query('SELECT fingerprint FROM schema_fingerprints'),
      ).toEqual([]);
    } finally {
      await client.end();
      await other.drop();
    }
  });
});

describe('a migration', () => {
  let migrating: pg.Client;
  let other: pg.Client;

  beforeAll(async () => {
    [migrating, other] = [1, 2].map(
      () => new pg.Client({ connectionString: database.url }),
    ) as [pg.Client, pg.Client];
    await migrating.connect();
    await other.connect();
  });

  afterAll(async () => {
    await migrating.end();
    await other.end();
  });

  /** The first attempt that is logged. Libraries also log their own errors. */
  async function attemptIn(lines: PassThrough): Promise<unknown> {
    for await (const [line] of on(lines, 'data')) {
      const logged = JSON.parse(String(line)) as Record<string, unknown>;
      if ('attempt' in logged) return logged;
    }
    return undefined;
  }

  /** Holds the table's lock until `migrate` gives up for the first time. @returns what was logged then */
  async function whileLocked(
    table: string,
    migrate: (logger: Logger) => Promise<void>,
  ): Promise<unknown> {
    await other.query('BEGIN');
    await other.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    const lines = new PassThrough();
    const migration = migrate(pino({ level: 'warn' }, lines));
    const logged = await attemptIn(lines);
    await other.query('ROLLBACK');
    await migration;
    return logged;
  }

  const gaveUp = {
    msg: 'a table is in use; the migration lets its users pass and is repeated',
    attempt: 1,
  };

  it('that waits for a table gives up, lets requests pass, and is repeated', async () => {
    const logged = await whileLocked('schema_migrations', logger =>
      migrateWithRoles({ client: migrating, logger }),
    );
    expect(logged).toMatchObject(gaveUp);
  });

  it('is repeated if its library leaves the transaction open', async () => {
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
});
