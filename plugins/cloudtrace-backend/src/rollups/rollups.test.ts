import { mockServices } from '@backstage/backend-test-utils';
import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  DurationHistogram,
} from '@cloudtrace/plugin-cloudtrace-common';
import { Client } from 'pg';
import { RowAggregator } from '../ingest/commit/RowAggregator';
import { encodeDeltas } from './deltas/encodeDeltas';
import { POSTGRES_EPOCH_US } from '../database/copyFormat';
import { ROW_BYTES, ROW_OFFSET } from '../requests/row/requestRow';
import { RowBuffer } from '../requests/row/RowBuffer';
import { ensureEntity } from '../database/entities/ensureEntity';
import { resolveInstances, resolveRoutes } from '../testUtils/resolveNames';
import { createPartitions } from './database/createPartitions';
import { partitionedTables } from './database/partitionedTables';
import { MultiCopyQuery } from '../ingest/database/MultiCopyQuery';
import { compactEntity } from './database/compactEntity';
import { DatabaseRequestStore } from '../requests/DatabaseRequestStore';
import type { RollupGroupBy } from '../requests/types';
import {
  startTestPostgres,
  testPostgresVersions,
  type TestDatabase,
  type TestDatabases,
} from '../testUtils';
import { RollupCompactor } from './RollupCompactor';

jest.setTimeout(60_000);

const ENTITY = 'component:default/shop';
/** A time in the middle of a day, far from the present. */
const NOW = Date.parse('2031-05-15T12:30:00Z');

/** Pseudo-random numbers that are the same in every run. */
function randomNumbers(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe.each(testPostgresVersions())('rollups, PostgreSQL %s', version => {
  let databases: TestDatabases;
  let database: TestDatabase;
  let entityId: number;
  let instances: number[];
  let routes: number[];

  beforeAll(async () => {
    databases = await startTestPostgres({ version });
  });
  beforeEach(async () => {
    database = await databases.createTestDatabase();
    const { knex } = database;
    for (const table of partitionedTables) {
      await createPartitions(knex, table, {
        from: new Date(NOW - 4 * DAY_MS),
        to: new Date(NOW + DAY_MS),
      });
    }
    entityId = await ensureEntity(knex, ENTITY);
    const base = { entityId, environment: 'production', maxNewPerDay: 100 };
    instances = (
      await resolveInstances(knex, {
        ...base,
        names: [
          ['i-1', 'a', 'server'],
          ['i-2', 'a', 'server'],
          ['i-3', 'b', 'server'],
        ],
      })
    ).map(({ id }) => id);
    routes = (
      await resolveRoutes(knex, {
        ...base,
        names: [
          ['GET', '/'],
          ['POST', '/'],
        ],
      })
    ).map(({ id }) => id);
  });
  afterEach(() => database.destroy());
  afterAll(() => databases.stop());

  /** Stores requests like ingest: rows and deltas in one transaction. */
  async function store(
    requests: {
      at: number;
      instance: number;
      route: number;
      us: number;
      failed?: boolean;
    }[],
  ) {
    const rows = new RowBuffer(requests.length);
    requests.forEach(({ at, instance, route, us, failed }, row) => {
      const offset = row * ROW_BYTES;
      const { view } = rows;
      view.setBigInt64(
        offset + ROW_OFFSET.startedAt,
        BigInt(at * 1000 - POSTGRES_EPOCH_US),
      );
      view.setInt32(offset + ROW_OFFSET.spanId + 4, row + 1);
      view.setInt32(offset + ROW_OFFSET.entityId, entityId);
      view.setInt32(offset + ROW_OFFSET.instanceId, instance);
      view.setInt32(offset + ROW_OFFSET.routeId, route);
      view.setBigInt64(offset + ROW_OFFSET.durationUs, BigInt(us));
      view.setInt16(offset + ROW_OFFSET.flags, failed ? 1 : 0);
    });
    const aggregator = new RowAggregator();
    aggregator.aggregate(rows, [{ start: 0, end: requests.length }]);
    const client = new Client(database.connectionString);
    await client.connect();
    const copy = new MultiCopyQuery(
      [
        {
          sql: 'COPY rollup_deltas (entity_id, bucket, dimension, key_id, requests, errors, duration_sum_us, duration_max_us, histogram) FROM STDIN (FORMAT binary)',
          chunks: [encodeDeltas(aggregator.groups)],
        },
      ],
      'SELECT 1',
    );
    client.query(copy);
    await copy.done;
    await client.end();
  }

  const total = async (groupBy: RollupGroupBy, stepMs: number, now = NOW) => {
    const store_ = new DatabaseRequestStore({
      knex: database.knex,
      now: () => now,
    });
    const { rows } = await store_.readRollups({
      entityRef: ENTITY,
      environment: 'production',
      from: new Date(NOW - 3 * DAY_MS),
      to: new Date(NOW + HOUR_MS),
      groupBy,
      stepMs,
    });
    const histogram = new DurationHistogram();
    rows.forEach(row => histogram.addEncoded(row.histogram));
    return {
      keys: [...new Set(rows.map(({ key }) => key))],
      requests: rows.reduce((sum, row) => sum + row.requests, 0),
      errors: rows.reduce((sum, row) => sum + row.errors, 0),
      sumUs: rows.reduce((sum, row) => sum + row.durationSumUs, 0),
      maxUs: Math.max(...rows.map(row => row.durationMaxUs)),
      counted: histogram.count,
      p95: histogram.percentileUs(0.95)!,
    };
  };

  it('returns the same at every resolution and stage of compaction, also for late requests', async () => {
    const random = randomNumbers(7);
    const pick = <T>(values: T[]) =>
      values[Math.floor(random() * values.length)];
    const all: { us: number; failed: boolean }[] = [];
    const someRequests = (count: number) =>
      Array.from({ length: count }, () => {
        const request = {
          at: NOW - Math.floor(random() * 3 * DAY_MS),
          instance: pick(instances),
          route: pick(routes),
          us: Math.floor(Math.exp(6 + random() * 8)),
          failed: random() < 0.1,
        };
        all.push(request);
        return request;
      });
    const check = async (now: number) => {
      const sorted = all.map(({ us }) => us).sort((a, b) => a - b);
      const exact = sorted[Math.ceil(0.95 * sorted.length) - 1];
      for (const groupBy of ['instance', 'zone', 'route'] as const) {
        for (const stepMs of [
          MINUTE_MS,
          5 * MINUTE_MS,
          HOUR_MS,
          6 * HOUR_MS,
          DAY_MS,
        ]) {
          const found = await total(groupBy, stepMs, now);
          expect(found).toMatchObject({
            keys: {
              instance: ['i-1', 'i-2', 'i-3'],
              zone: ['a', 'b'],
              route: ['GET /', 'POST /'],
            }[groupBy],
            requests: all.length,
            counted: all.length,
            errors: all.filter(({ failed }) => failed).length,
            sumUs: all.reduce((sum, { us }) => sum + us, 0),
            maxUs: sorted[sorted.length - 1],
          });
          expect(Math.abs(found.p95 - exact) / exact).toBeLessThan(0.011);
        }
      }
    };
    const { knex } = database;
    await store(someRequests(400));
    await check(NOW);
    // The first compaction, one that closes hours and a day, and a late one.
    await compactEntity(knex, entityId, new Date(NOW - 2 * DAY_MS));
    await check(NOW);
    await store(someRequests(200));
    await check(NOW);
    const closing = await compactEntity(knex, entityId, new Date(NOW));
    expect(closing).toMatchObject({ hours: 48, days: 2 });
    await check(NOW);
    await store(someRequests(200));
    const late = await compactEntity(knex, entityId, new Date(NOW));
    expect(late).toMatchObject({ hours: 0, days: 0 });
    expect(late.deltas).toBeGreaterThan(0);
    await check(NOW);
    const { rows } = await knex.raw(
      'SELECT count(*)::int AS left FROM rollup_deltas',
    );
    expect(rows[0].left).toBe(0);
  });

  it('counts every request exactly once during compaction', async () => {
    await store(
      Array.from({ length: 300 }, (_, index) => ({
        at: NOW - index * MINUTE_MS,
        instance: instances[0],
        route: routes[0],
        us: 1000,
      })),
    );
    const compactor = new RollupCompactor({
      knex: database.knex,
      logger: mockServices.logger.mock(),
      now: () => new Date(NOW),
    });
    const seen: number[] = [];
    let done = false;
    const reading = (async () => {
      while (!done) {
        for (const stepMs of [MINUTE_MS, HOUR_MS]) {
          seen.push((await total('instance', stepMs)).requests);
        }
      }
    })();
    // Two replicas at once, and again after hours were closed.
    await compactEntity(database.knex, entityId, new Date(NOW - DAY_MS));
    await Promise.all([compactor.run(), compactor.run()]);
    done = true;
    await reading;
    expect(new Set(seen)).toEqual(new Set([300]));
  });

  it('assigns each row its bucket and its own histogram, in order of time', async () => {
    const requests = [3, 1, 1, 2].map((minute, index) => ({
      at: NOW - minute * MINUTE_MS + index,
      instance: instances[0],
      route: routes[0],
      us: 100 * 10 ** minute,
    }));
    await store(requests.slice(0, 2));
    await compactEntity(database.knex, entityId, new Date(NOW));
    await store(requests.slice(2));
    const { rows } = await new DatabaseRequestStore({
      knex: database.knex,
      now: () => NOW,
    }).readRollups({
      entityRef: ENTITY,
      environment: 'production',
      from: new Date(NOW - HOUR_MS),
      to: new Date(NOW),
      groupBy: 'instance',
      stepMs: MINUTE_MS,
    });
    expect(
      rows.map(row => [
        row.bucket.getTime() - NOW,
        row.requests,
        row.durationSumUs,
        DurationHistogram.decode(row.histogram).count,
      ]),
    ).toEqual([
      [-3 * MINUTE_MS, 1, 100_000, 1],
      [-2 * MINUTE_MS, 1, 10_000, 1],
      [-MINUTE_MS, 2, 2_000, 2],
    ]);
  });

  it('stores when an instance was last seen', async () => {
    await store([
      { at: NOW - MINUTE_MS, instance: instances[1], route: routes[0], us: 5 },
    ]);
    await compactEntity(database.knex, entityId, new Date(NOW));
    const { rows } = await database.knex.raw(
      'SELECT last_seen_at FROM instances WHERE instance_id = ?',
      [instances[1]],
    );
    expect(rows[0].last_seen_at).toEqual(new Date(NOW - MINUTE_MS));
  });

  it('counts new names beyond the daily quota as (other)', async () => {
    const names = Array.from(
      { length: 50 },
      (_, index) => ['GET', `/many/${index}`] as const,
    );
    const resolve = () =>
      resolveRoutes(database.knex, {
        entityId,
        environment: 'production',
        names,
        maxNewPerDay: 12,
      });
    // Two names already exist; two concurrent replicas must not add more than
    // ten.
    const [first, second] = await Promise.all([resolve(), resolve()]);
    expect(first.filter(({ overflow }) => overflow)).toHaveLength(40);
    expect(second).toEqual(first);
    const { rows } = await database.knex.raw(
      `SELECT count(*)::int AS count FROM routes WHERE route LIKE '/many/%'`,
    );
    expect(rows[0].count).toBe(10);
  });
});
