import {
  startTestPostgres,
  testPostgresVersions,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { createPartitions } from './createPartitions';
import { dropPartitions } from './dropPartitions';
import { ensurePartitions } from './ensurePartitions';
import { listPartitions } from './listPartitions';
import { partitionedTables } from './partitionedTables';
import { readTableSizes } from './readTableSizes';

jest.setTimeout(60_000);
const [requests, , , rollupsHour, rollupsDay] = partitionedTables;

describe.each(testPostgresVersions())('partitions, PostgreSQL %s', version => {
  let databases: TestDatabases;
  let database: TestDatabase;

  beforeAll(async () => {
    databases = await startTestPostgres({ version });
  });
  beforeEach(async () => {
    database = await databases.createTestDatabase();
  });
  afterEach(() => database.destroy());
  afterAll(() => databases.stop());

  it('creates missing partitions for the accepted period once, on two replicas at the same time', async () => {
    const { knex } = database;
    const options = {
      now: new Date('2031-12-30T12:00:00Z'),
      rawRetentionMs: 2 * 86_400_000,
    };
    const [first, second] = await Promise.all([
      ensurePartitions(knex, options),
      ensurePartitions(knex, options),
    ]);
    const created = [...first, ...second].sort();
    expect(created).toEqual([...new Set(created)]);
    expect(created).toEqual(
      expect.arrayContaining([
        'requests_20311228',
        'requests_20320102',
        'rollups_hour_203112',
        'rollups_hour_203201',
        'rollups_day_2031',
        'rollups_day_2032',
      ]),
    );
    expect(created).toHaveLength(6 + 6 + 6 + 2 + 2);
    await expect(ensurePartitions(knex, options)).resolves.toEqual([]);
  });

  it('creates the indexes of the table on its partitions', async () => {
    const { knex } = database;
    await createPartitions(knex, requests, {
      from: new Date('2040-02-29T00:00:00Z'),
      to: new Date('2040-02-29T23:00:00Z'),
    });
    const { rows } = await knex.raw(
      `SELECT count(*)::int AS attached FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
        WHERE c.relname LIKE 'requests_20400229%' AND c.relkind = 'i'`,
    );
    expect(rows[0].attached).toBe(3);
  });

  it("measures the size of each table's partitions", async () => {
    const { knex } = database;
    const sizeOf = async (table: string) =>
      (await readTableSizes(knex)).find(size => size.table === table)!;
    const before = await sizeOf('request_ledger');
    expect(before.partitions).toBeGreaterThan(0);
    await knex.raw(
      `INSERT INTO request_ledger
       SELECT 1, gen_random_uuid(), date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
         FROM generate_series(1, 2000)`,
    );
    const after = await sizeOf('request_ledger');
    expect(after.partitions).toBe(before.partitions);
    // At least 40 bytes for each row, and the same again for its key.
    expect(after.bytes).toBeGreaterThan(before.bytes + 2000 * 80);
    expect(await readTableSizes(knex)).toHaveLength(partitionedTables.length);
  });

  it('drops only expired partitions, and leaves a table in use for the next run', async () => {
    const { knex } = database;
    await createPartitions(knex, rollupsHour, {
      from: new Date('2019-11-15T00:00:00Z'),
      to: new Date('2020-01-15T00:00:00Z'),
    });
    await expect(
      dropPartitions(knex, rollupsHour, new Date('2020-01-31T00:00:00Z')),
    ).resolves.toEqual(['rollups_hour_201911', 'rollups_hour_201912']);

    const reader = await knex.transaction();
    await reader.raw('SELECT * FROM rollups_hour_202001');
    await expect(
      dropPartitions(knex, rollupsHour, new Date('2020-02-01T00:00:00Z')),
    ).resolves.toEqual([]);
    await reader.rollback();
    await expect(
      dropPartitions(knex, rollupsHour, new Date('2020-02-01T00:00:00Z')),
    ).resolves.toEqual(['rollups_hour_202001']);
    const days = await listPartitions(knex, rollupsDay);
    expect(days.length).toBeGreaterThan(0);
  });
});
