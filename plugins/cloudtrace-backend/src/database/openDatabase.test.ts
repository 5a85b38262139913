import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import knexFactory from 'knex';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import { readDatabaseConfig } from './config';
import { openDatabase } from './openDatabase';
import { setConnectionOptions } from './distribution/setConnectionOptions';

jest.setTimeout(60_000);

describe('a database that shall be distributed', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());

  it('says what is missing in a database without Citus, and changes nothing', async () => {
    const { knex } = await databases.createEmptyDatabase();
    await expect(
      openDatabase({
        database: mockServices.database.mock({ getClient: async () => knex }),
        config: { distribution: { shardCount: 32 } },
        logger: mockServices.logger.mock(),
      }),
    ).rejects.toThrow(
      /the database 'test_\d+' has no extension citus\. Run CREATE EXTENSION citus/,
    );
    await expect(knex.schema.hasTable('entities')).resolves.toBe(false);
  });

  it('sets the options of every connection before its first query', async () => {
    const { knex } = await databases.createTestDatabase();
    setConnectionOptions(knex);
    const { rows } = await knex.raw('SHOW citus.max_cached_conns_per_worker');
    expect(rows).toEqual([{ 'citus.max_cached_conns_per_worker': '16' }]);
  });
  it('replaces a connection on which the server does not finish a statement', async () => {
    const { connectionString } = await databases.createTestDatabase();
    const knex = knexFactory({
      client: 'pg',
      connection: connectionString,
      pool: { min: 0, max: 1 },
    });
    setConnectionOptions(knex);
    try {
      const stuck = await knex.client.acquireConnection();
      const statement = stuck.query('SELECT pg_sleep(600)');
      await knex.client.releaseConnection(stuck);
      const { rows } = await knex.raw('SELECT 1 AS answer');
      expect(rows).toEqual([{ answer: 1 }]);
      await expect(statement).rejects.toThrow(/did not respond in time/);
    } finally {
      await knex.destroy();
    }
  });
});

describe('cloudtrace.database', () => {
  const read = (database: object) =>
    readDatabaseConfig(
      new ConfigReader({ cloudtrace: { database: { ...database } } }),
    );

  it('distributes nothing by default', () => {
    expect(readDatabaseConfig(new ConfigReader({}))).toEqual({});
    expect(read({ distributed: false, shardCount: 8 })).toEqual({});
  });

  it('distributes into 32 shards, or as many as configured', () => {
    expect(read({ distributed: true })).toEqual({
      distribution: { shardCount: 32 },
    });
    expect(read({ distributed: true, shardCount: 64 })).toEqual({
      distribution: { shardCount: 64 },
    });
  });

  it.each([0, 2.5, 1025])('rejects %s shards', shardCount => {
    expect(() => read({ distributed: true, shardCount })).toThrow(
      'cloudtrace.database.shardCount must be a whole number from 1 to 1024',
    );
  });
});
