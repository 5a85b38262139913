import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { ensureEntity } from '../../database/entities/ensureEntity';
import { resolveInstances } from '../../testUtils/resolveNames';
import { createPartitions } from './createPartitions';
import { partitionedTables } from './partitionedTables';
import { readRollupRows } from './readRollupRows';

jest.setTimeout(60_000);

const FROM = new Date('2031-05-15T12:00:00Z');
const TO = new Date('2031-05-15T13:00:00Z');

describe('readRollupRows', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases?.stop());

  it('reads every column, and an environment of any name', async () => {
    const { knex, destroy } = await databases.createTestDatabase();
    try {
      for (const table of partitionedTables) {
        await createPartitions(knex, table, { from: FROM, to: TO });
      }
      const entityId = await ensureEntity(knex, 'component:default/shop');
      const environment = `o'hara\\'; DROP TABLE rollups_minute; -- $1 ? :from`;
      const [{ id: keyId }] = await resolveInstances(knex, {
        entityId,
        environment,
        maxNewPerDay: 10,
        names: [['i-1', 'a', 'server']],
      });
      const row = {
        entity_id: entityId,
        dimension: 1,
        key_id: keyId,
        requests: '4294967300',
        errors: 7,
        duration_sum_us: '9007199254740991',
        duration_max_us: 5_000_000,
        histogram: Buffer.from([1, 2, 3]),
      };
      await knex('rollups_minute').insert({
        ...row,
        bucket: '2031-05-15T12:34:00Z',
      });
      await knex('rollup_deltas').insert({
        ...row,
        bucket: '2031-05-15T12:35:00Z',
        histogram: Buffer.alloc(0),
      });
      const read = (name: string) =>
        readRollupRows(knex, 'minute', {
          entityId,
          environment: name,
          dimension: 1,
          from: FROM,
          to: TO,
        });
      const columns = {
        keyId,
        requests: 4294967300,
        errors: 7,
        durationSumUs: 9007199254740991,
        durationMaxUs: 5_000_000,
      };
      const rows = await read(environment);
      expect(rows.sort((a, b) => a.bucketMs - b.bucketMs)).toEqual([
        {
          ...columns,
          bucketMs: Date.parse('2031-05-15T12:34:00Z'),
          histogram: Buffer.from([1, 2, 3]),
        },
        {
          ...columns,
          bucketMs: Date.parse('2031-05-15T12:35:00Z'),
          histogram: Buffer.alloc(0),
        },
      ]);
      expect(await read('production')).toEqual([]);
    } finally {
      await destroy();
    }
  });
});
