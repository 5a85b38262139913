import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabasePool } from '../../src/database/DatabasePool.js';
import { DatabaseUnavailableError } from '../../src/database/errors.js';
import { EnvironmentCredentials } from '../../src/secrets/EnvironmentCredentials.js';
import type { DatabaseCredentials } from '../../src/secrets/types.js';
import {
  createTestDatabase,
  silentLogger,
  type TestDatabase,
} from '../support/testDatabase.js';

let database: TestDatabase;
let location: DatabaseCredentials;

beforeAll(async () => {
  database = await createTestDatabase();
  const environment = new EnvironmentCredentials(database.config);
  location = await environment.fetch();
});

afterAll(() => database.drop());

function poolWith(fetch: () => DatabaseCredentials): DatabasePool {
  return new DatabasePool({
    config: database.config,
    credentials: { fetch: async () => fetch() },
    logger: silentLogger,
  });
}

describe('DatabasePool', () => {
  it('repeats a transaction whose connection the server ends', async () => {
    const pool = poolWith(() => location);
    let attempts = 0;
    const answer = await pool.transaction(async client => {
      attempts += 1;
      if (attempts === 1) {
        await client.query('SELECT pg_terminate_backend(pg_backend_pid())');
      }
      return (await client.query<{ one: number }>('SELECT 1 AS one')).rows[0];
    });

    expect(answer).toEqual({ one: 1 });
    expect(attempts).toBe(2);
    await pool.close();
  });

  it('ends transactions that fail, so that no connection is reused in the middle of one', async () => {
    const pool = poolWith(() => location);
    await expect(
      pool.transaction(client => client.query('SELECT 1/0')),
    ).rejects.toMatchObject({ code: '22012' });

    expect(
      await pool.query(`SELECT count(*)::int AS open FROM pg_stat_activity
        WHERE datname = current_database() AND state LIKE 'idle in transaction%'`),
    ).toEqual([{ open: 0 }]);
    await pool.close();
  });

  it('reports a statement that takes too long as unavailable, and keeps its connection', async () => {
    const pool = new DatabasePool({
      config: { ...database.config, DATABASE_STATEMENT_TIMEOUT_MS: 100 },
      credentials: { fetch: async () => location },
      logger: silentLogger,
    });
    const pid = 'SELECT pg_backend_pid() AS pid';
    const before = await pool.query(pid);
    await expect(
      pool.transaction(client => client.query('SELECT pg_sleep(30)')),
    ).rejects.toMatchObject({
      name: 'DatabaseUnavailableError',
      cause: { code: '57014' },
    });
    expect(await pool.query(pid)).toEqual(before);
    await pool.close();
  });

  it('gives up on an unreachable server', async () => {
    const pool = new DatabasePool({
      config: { ...database.config, DATABASE_RETRY_BUDGET_MS: 300 },
      credentials: { fetch: async () => ({ ...location, port: 1 }) },
      logger: silentLogger,
    });
    await expect(pool.query('SELECT 1')).rejects.toBeInstanceOf(
      DatabaseUnavailableError,
    );
    await pool.close();
  });

  it('requests credentials again if a login is rejected', async () => {
    const user = `rotating_${Date.now()}`;
    let known = { ...location, user: 'no_such_user', password: 'old' };
    let fetches = 0;
    await database.query(`CREATE ROLE ${user} LOGIN PASSWORD 'new'`);
    try {
      const pool = poolWith(() => {
        fetches += 1;
        if (fetches === 2) known = { ...location, user, password: 'new' };
        return known;
      });
      const rows = await Promise.all(
        Array.from({ length: 5 }, () =>
          pool.query<{ current_user: string }>('SELECT current_user'),
        ),
      );

      expect(rows.flat().map(row => row.current_user)).toEqual(
        Array.from({ length: 5 }, () => user),
      );
      expect(fetches).toBe(2);
      await pool.close();
    } finally {
      await database.query(`DROP ROLE ${user}`);
    }
  });

  it('opens a pool of its own for a library, in its schema', async () => {
    const pool = poolWith(() => location);
    const other = pool.openPool({ max: 1, schema: 'library' });
    expect(await other.query('SHOW search_path')).toEqual([
      { search_path: 'library' },
    ]);
    await other.close();
    expect(await pool.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await pool.close();
  });

  it("follows a rotation to another login in a library's pool too", async () => {
    const [first, second] = [
      `rotating_a_${Date.now()}`,
      `rotating_b_${Date.now()}`,
    ];
    await database.query(`CREATE ROLE ${first} LOGIN PASSWORD 'first'`);
    await database.query(`CREATE ROLE ${second} LOGIN PASSWORD 'second'`);
    try {
      let known = { ...location, user: first, password: 'first' };
      const pool = poolWith(() => known);
      const other = pool.openPool({ max: 1, schema: 'library' });
      (await other.acquire()).release(true);
      known = { ...location, user: second, password: 'second' };
      await database.query(`ALTER ROLE ${first} NOLOGIN PASSWORD NULL`);
      expect(await other.query('SELECT current_user AS login')).toEqual([
        { login: second },
      ]);
      await other.close();
      await pool.close();
    } finally {
      await database.query(`DROP ROLE ${first}; DROP ROLE ${second}`);
    }
  });

  it('survives a connection that breaks while a library holds it, and opens another one', async () => {
    const pool = poolWith(() => location);
    const client = await pool.acquire();
    const ended = new Promise<void>(resolve => client.once('end', resolve));
    const { rows } = await client.query<{ pid: number }>(
      'SELECT pg_backend_pid() AS pid',
    );
    await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await ended;
    client.release(true);
    const next = await pool.acquire();
    expect((await next.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    next.release();
    await pool.close();
  });

  it('renews leased credentials before they expire', async () => {
    let fetches = 0;
    const pool = poolWith(() => {
      fetches += 1;
      return { ...location, expiresAt: new Date(Date.now() + 500) };
    });
    await pool.query('SELECT 1');
    await new Promise(resolve => setTimeout(resolve, 450));
    await pool.query('SELECT 1');

    expect(fetches).toBe(2);
    await pool.close();
  });
});
