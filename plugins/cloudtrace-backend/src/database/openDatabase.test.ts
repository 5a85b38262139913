import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
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
