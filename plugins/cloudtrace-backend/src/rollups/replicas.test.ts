import { mockServices } from '@backstage/backend-test-utils';
import {
  DAY_MS,
  DurationHistogram,
  HOUR_MS,
  MINUTE_MS,
} from '@cloudtrace/plugin-cloudtrace-common';
import knexFactory, { type Knex } from 'knex';
import { ensureEntity } from '../database/entities/ensureEntity';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../testUtils';
import { compareRollupsWithRows } from '../testUtils/rollupInvariant';
import { createPartitions } from './database/createPartitions';
import { partitionedTables } from './database/partitionedTables';
import { RollupCompactor } from './RollupCompactor';

jest.setTimeout(180_000);

/** Shortly before midnight, so that an hour and a day end during the test. */
const START_MS = Date.parse('2031-05-15T23:50:00Z');
const DURATION_US = 5_000;
/** More than the statements of one compaction. */
const LAST_STATEMENT = 40;

describe('compaction on several replicas', () => {
  let databases: TestDatabases;
  let database: TestDatabase;
  let entityId: number;
  const open: Knex[] = [];

  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  beforeEach(async () => {
    database = await databases.createTestDatabase();
    for (const table of partitionedTables) {
      await createPartitions(database.knex, table, {
        from: new Date(START_MS - 2 * DAY_MS),
        to: new Date(START_MS + 2 * DAY_MS),
      });
    }
    entityId = await ensureEntity(database.knex, 'component:default/shop');
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map(knex => knex.destroy()));
    await database.destroy();
  });
  afterAll(() => databases.stop());

  const openReplica = () => {
    const knex = knexFactory({
      client: 'pg',
      connection: database.connectionString,
      pool: { min: 0, max: 2 },
    });
    open.push(knex);
    return knex;
  };
  const compact = (knex: Knex, nowMs: number) =>
    new RollupCompactor({
      knex,
      logger: mockServices.logger.mock(),
      now: () => new Date(nowMs),
    }).run();

  let number = 0;
  /** Stores requests as a commit does: rows and deltas in one transaction. */
  const store = (knex: Knex, atMs: number, count: number) =>
    knex.transaction(async tx => {
      const histogram = new DurationHistogram();
      histogram.add(DURATION_US, count);
      const at = new Date(atMs);
      number += 1;
      await tx.raw(
        `INSERT INTO requests
         SELECT ?, ? * 1000 + n, ?, gen_random_uuid(), ?, 1, 1, 200, 0
           FROM generate_series(1, ?) n`,
        [at, number, DURATION_US, entityId, count],
      );
      for (const dimension of [1, 2]) {
        await tx.raw(
          `INSERT INTO rollup_deltas
             (entity_id, bucket, dimension, key_id, requests, errors, duration_sum_us, duration_max_us, histogram)
           VALUES (?, date_trunc('minute', ?::timestamptz), ?, 1, ?, 0, ?, ?, ?)`,
          [
            entityId,
            at,
            dimension,
            count,
            count * DURATION_US,
            DURATION_US,
            Buffer.from(histogram.encode()),
          ],
        );
      }
    });

  /** The closed hours or days that differ from the rows, with what is not merged yet. */
  const wrongTotals = async (unit: 'hour' | 'day') =>
    (
      await database.knex.raw(
        `WITH stored AS (
           SELECT bucket, sum(requests)::int AS requests FROM (
             SELECT bucket, requests FROM rollups_${unit} WHERE dimension = 1
              UNION ALL
             SELECT date_trunc('${unit}', bucket, 'UTC'), requests FROM rollup_deltas
              WHERE dimension = 1 AND bucket < (SELECT ${unit}_until FROM rollup_progress)
           ) r GROUP BY 1
         ), counted AS (
           SELECT date_trunc('${unit}', started_at, 'UTC') AS bucket, count(*)::int AS requests
             FROM requests WHERE started_at < (SELECT ${unit}_until FROM rollup_progress)
            GROUP BY 1
         )
         SELECT bucket, s.requests AS stored, c.requests AS counted
           FROM stored s FULL JOIN counted c USING (bucket)
          WHERE s.requests IS DISTINCT FROM c.requests`,
      )
    ).rows;

  const expectExact = async () => {
    const { rollups, rows } = await compareRollupsWithRows(database.knex);
    expect(rollups).toEqual(rows);
    expect(await wrongTotals('hour')).toEqual([]);
    expect(await wrongTotals('day')).toEqual([]);
  };

  /** Ends the session of a replica right before its n-th statement, as a kill would. */
  const dieBefore = (knex: Knex, statement: number) => {
    let count = 0;
    const { client } = knex;
    const connect = client.acquireRawConnection.bind(client);
    client.acquireRawConnection = async () => {
      const connection = await connect();
      const query = connection.query.bind(connection);
      connection.query = (...args: unknown[]) => {
        count += 1;
        if (count !== statement) return query(...args);
        return database.knex
          .raw('SELECT pg_terminate_backend(?::int4)', [connection.processID])
          .then(() => query(...args));
      };
      return connection;
    };
    return () => count >= statement;
  };

  it('loses and repeats nothing, wherever a replica dies', async () => {
    const survivor = openReplica();
    // Closes the first hour later, together with the day.
    await store(survivor, START_MS, 1);
    await compact(survivor, START_MS);
    let deaths = 0;
    for (let statement = 1; statement <= LAST_STATEMENT; statement++) {
      const nowMs = START_MS + statement * 20 * MINUTE_MS;
      await store(survivor, nowMs - 30 * MINUTE_MS, statement);
      const dying = openReplica();
      const died = dieBefore(dying, statement);
      await compact(dying, nowMs).catch(() => {});
      if (died()) deaths++;
      await expectExact();
    }
    expect(deaths).toBeGreaterThan(8);
    await compact(survivor, START_MS + DAY_MS);
    await expectExact();
    const left = await database.knex('rollup_deltas').count();
    expect(left).toEqual([{ count: '0' }]);
  });

  it('stays exact if the clocks of replicas differ by ten minutes', async () => {
    const offsetsMs = [-5 * MINUTE_MS, 0, 5 * MINUTE_MS];
    const replicas = offsetsMs.map(openReplica);
    for (let minute = 0; minute < 90; minute += 3) {
      const nowMs = START_MS + minute * MINUTE_MS;
      await Promise.all(
        replicas.flatMap((knex, i) => [
          // A sender's clock differs too, and some requests are late.
          store(knex, nowMs + offsetsMs[i], 1 + i),
          compact(knex, nowMs + offsetsMs[i]),
        ]),
      );
      await store(replicas[0], nowMs - 2 * HOUR_MS, 1);
    }
    await expectExact();
    for (const [i, knex] of replicas.entries()) {
      await compact(knex, START_MS + 3 * HOUR_MS + offsetsMs[i]);
    }
    await expectExact();
    const [progress] = await database.knex('rollup_progress');
    expect(progress.day_until).toEqual(new Date('2031-05-16T00:00:00Z'));
  });
});
