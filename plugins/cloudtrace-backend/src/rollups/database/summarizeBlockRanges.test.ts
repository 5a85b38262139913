import {
  startTestPostgres,
  testPostgresVersions,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { testCitusUrl } from '../../testUtils/TestCitus';
import { createPartitions } from './createPartitions';
import { partitionedTables } from './partitionedTables';
import { summarizeBlockRanges } from './summarizeBlockRanges';

jest.setTimeout(60_000);
const [requests] = partitionedTables;
const PARTITION = 'requests_20400229';
const ROWS = 2000;
/** A row of 84 bytes takes about 150 bytes of the write-ahead log; a summary as large as a page, 8 kB. */
const MAX_WAL_BYTES_PER_ROW = 400;

/** The write-ahead log of a coordinator contains no rows. */
const describeOnOneServer = testCitusUrl() ? describe.skip : describe;

/** Blocks that each part of a plan read because their range has no summary, or contains the value. */
function lossyBlocksOf(plan: unknown): number[] {
  if (typeof plan !== 'object' || plan === null) return [];
  return Object.entries(plan).flatMap(([key, value]) =>
    key === 'Lossy Heap Blocks' ? [value] : lossyBlocksOf(value),
  );
}

describe.each(testPostgresVersions())(
  'block ranges of requests, PostgreSQL %s',
  version => {
    let databases: TestDatabases;
    let database: TestDatabase;

    beforeAll(async () => {
      databases = await startTestPostgres({ version });
      database = await databases.createTestDatabase();
      const day = new Date('2040-02-29T00:00:00Z');
      await createPartitions(database.knex, requests, { from: day, to: day });
    });
    afterAll(async () => {
      await database.destroy();
      await databases.stop();
    });

    /** Bytes of the write-ahead log for each row that ingest adds now. */
    async function walBytesPerRow(): Promise<number> {
      const { knex } = database;
      const position = async () =>
        (await knex.raw('SELECT pg_current_wal_insert_lsn() AS lsn')).rows[0]
          .lsn;
      const before = await position();
      await knex.raw(
        `INSERT INTO ${PARTITION}
         SELECT '2040-02-29T12:00:00Z'::timestamptz + n * interval '1 ms',
                n, 5000, gen_random_uuid(), 1, 1, 1, 200, 0
           FROM generate_series(1, ${ROWS}) n`,
      );
      const { rows } = await knex.raw(
        'SELECT pg_wal_lsn_diff(?, ?)::float8 AS bytes',
        [await position(), before],
      );
      return rows[0].bytes / ROWS;
    }

    describeOnOneServer('ingest', () => {
      it('does not rewrite a summary with each row of a new partition', async () => {
        expect(await walBytesPerRow()).toBeLessThan(MAX_WAL_BYTES_PER_ROW);
      });

      it('does not rewrite a summary with each row after it ran', async () => {
        await summarizeBlockRanges(database.knex, [PARTITION]);
        expect(await walBytesPerRow()).toBeLessThan(MAX_WAL_BYTES_PER_ROW);
      });
    });

    it('lets a query skip the ranges that are full', async () => {
      const { knex } = database;
      for (let n = 0; n < 8; n++) await walBytesPerRow();
      await summarizeBlockRanges(knex, [PARTITION]);
      const plan = await knex.transaction(async tx => {
        // A coordinator sets on workers what it sets for this transaction.
        await tx.raw(`SET LOCAL citus.propagate_set_commands TO 'local'`);
        await tx.raw('SET LOCAL citus.explain_all_tasks TO on');
        await tx.raw('SET LOCAL enable_seqscan TO off');
        const { rows } = await tx.raw(
          `EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM ${PARTITION}
            WHERE trace_id = '00000000-0000-4000-8000-000000000000'`,
        );
        return rows[0]['QUERY PLAN'];
      });
      const size = testCitusUrl() ? 'citus_relation_size' : 'pg_relation_size';
      const { rows } = await knex.raw(
        `SELECT ${size}('${PARTITION}') / 8192 AS blocks`,
      );
      expect(Number(rows[0].blocks)).toBeGreaterThan(150);
      // The last range is not full, and has 46 blocks at most.
      const lossy = lossyBlocksOf(plan);
      expect(lossy.length).toBeGreaterThan(0);
      expect(Math.max(...lossy)).toBeLessThanOrEqual(46);
    });
  },
);
