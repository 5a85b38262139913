import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';

const read = (file: string) =>
  readFileSync(new URL(`../../vault/${file}`, import.meta.url), 'utf8');

const LEASE = `v_${randomBytes(6).toString('hex')}`;

/** A statement as Vault fills it in. */
const filledIn = (file: string) =>
  read(file)
    .replaceAll('{{name}}', LEASE)
    .replaceAll('{{password}}', 'leased')
    .replaceAll('{{expiration}}', '2100-01-01 00:00:00Z');

let database: TestDatabase;
let vault: pg.Client;

async function connect(user: string, password: string): Promise<pg.Client> {
  const url = new URL(database.url);
  url.username = user;
  url.password = password;
  const client = new pg.Client({ connectionString: url.href });
  client.on('error', () => {}); // the server ends the connections of a revoked login
  await client.connect();
  return client;
}

beforeAll(async () => {
  database = await createTestDatabase();
  await database.migrate();
  await database.query(
    `${read('admin.sql')} ALTER ROLE vault_admin PASSWORD 'of-vault'`,
  );
  vault = await connect('vault_admin', 'of-vault');
});

afterAll(async () => {
  await vault.end();
  await database.drop();
});

describe("Vault's own user", () => {
  it('is not the master user, and may not do more than create logins', async () => {
    const { rows } = await vault.query(
      'SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = current_user',
    );
    expect(rows).toEqual([
      {
        rolname: 'vault_admin',
        rolsuper: false,
        rolcreaterole: true,
        rolcreatedb: false,
        rolbypassrls: false,
      },
    ]);
    await expect(vault.query('CREATE TABLE intruder (id int)')).rejects.toThrow(
      'permission denied',
    );
    await expect(vault.query('SET ROLE service_owner')).rejects.toThrow(
      'permission denied',
    );
  });

  it('changes its own password, as rotate-root does', async () => {
    await vault.query("ALTER ROLE vault_admin WITH PASSWORD 'of-vault'");
  });

  it('leases a login that reads and writes rows, and revokes it with its connections', async () => {
    await vault.query(filledIn('creation.sql'));
    const service = await connect(LEASE, 'leased');
    await service.query('SELECT FROM schema_migrations');
    await expect(
      service.query('CREATE TABLE intruder (id int)'),
    ).rejects.toThrow('permission denied');

    await vault.query(filledIn('revocation.sql'));
    await expect(service.query('SELECT 1')).rejects.toThrow();
    await expect(connect(LEASE, 'leased')).rejects.toThrow();
  });
});
