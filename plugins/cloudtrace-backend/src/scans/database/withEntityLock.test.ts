import { Client } from 'pg';
import {
  startTestPostgres,
  testPostgresVersions,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { withEntityLock } from './withEntityLock';

jest.setTimeout(60_000);

describe.each(testPostgresVersions())(
  'withEntityLock, PostgreSQL %s',
  version => {
    let databases: TestDatabases;
    let database: TestDatabase;
    let replica: Client;

    beforeAll(async () => {
      databases = await startTestPostgres({ version });
      database = await databases.createTestDatabase();
      replica = new Client({ connectionString: database.connectionString });
      await replica.connect();
    });
    afterAll(async () => {
      await replica?.end();
      await databases.stop();
    });

    it('blocks one connection, however many callers wait, and does not block other entities', async () => {
      const { knex } = database;
      const lock = ['cloudtrace-scans', 1];
      await replica.query('SELECT pg_advisory_lock(hashtext($1), $2)', lock);
      let running = 0;
      let most = 0;
      const waiting = Array.from({ length: 50 }, () =>
        withEntityLock(knex, 1, async tx => {
          most = Math.max(most, ++running);
          await tx.raw('SELECT 1');
          running--;
        }),
      );
      try {
        await withEntityLock(knex, 2, tx => tx.raw('SELECT 1'));
        expect(knex.client.pool.numUsed()).toBeLessThanOrEqual(1);
      } finally {
        await replica.query(
          'SELECT pg_advisory_unlock(hashtext($1), $2)',
          lock,
        );
      }
      await Promise.all(waiting);
      expect(most).toBe(1);
    });

    it('runs the next caller after a failure', async () => {
      const { knex } = database;
      const failed = withEntityLock(knex, 1, async () => {
        throw new Error('no');
      });
      const next = withEntityLock(knex, 1, async () => 'done');
      await expect(failed).rejects.toThrow('no');
      await expect(next).resolves.toBe('done');
    });
  },
);
