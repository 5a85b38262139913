import type { Knex } from 'knex';
import { DurationHistogram } from '../../../plugins/cloudtrace-common/src/histogram';
import {
  resolveInstances,
  resolveRoutes,
} from '../../../plugins/cloudtrace-backend/src/database/operations/dictionaries/resolveNames';
import { ensureEntity } from '../../../plugins/cloudtrace-backend/src/database/operations/entities/ensureEntity';
import { listPartitions } from '../../../plugins/cloudtrace-backend/src/database/operations/partitions/listPartitions';
import { partitionedTables } from '../../../plugins/cloudtrace-backend/src/database/operations/partitions/partitionedTables';
import { summarizeBlockRanges } from '../../../plugins/cloudtrace-backend/src/database/operations/partitions/summarizeBlockRanges';
import { MultiCopyQuery } from '../../../plugins/cloudtrace-backend/src/database/operations/requests/MultiCopyQuery';
import { compactEntity } from '../../../plugins/cloudtrace-backend/src/database/operations/rollups/compactEntity';
import { withConnection } from '../../../plugins/cloudtrace-backend/src/database/withConnection';
import { RowAggregator } from '../../../plugins/cloudtrace-backend/src/ingest/commit/aggregateRows';
import {
  DELTA_COLUMNS,
  encodeDeltas,
} from '../../../plugins/cloudtrace-backend/src/ingest/commit/encodeDeltas';
import {
  COPY_HEADER,
  COPY_TRAILER,
  REQUEST_COLUMNS,
} from '../../../plugins/cloudtrace-backend/src/ingest/rows/requestRow';
import { RowBuffer } from '../../../plugins/cloudtrace-backend/src/ingest/rows/RowBuffer';
import { DatabaseRequestStore } from '../../../plugins/cloudtrace-backend/src/requests/DatabaseRequestStore';
import type { RollupRow } from '../../../plugins/cloudtrace-backend/src/requests/types';
import { runLoad } from '../load/runLoad';
import { startPostgres, type BenchPostgres } from '../postgres';
import { count, median, type Figure } from '../report';
import { appendRow, random } from '../rows';
import { BASELINE_TABLE } from '../server/baselinePlugin';
import { createTokens, startBackend } from '../server/startBackend';
import type { SuiteOptions } from './types';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const BATCH_SPANS = 20_000;
const INSTANCES = 8;
const ENVIRONMENT = 'production';

interface Entity {
  ref: string;
  id: number;
  instances: number[];
  routes: number[];
  /** Share of all requests. */
  share: number;
}

/**
 * The queries of the tab over a day of requests: one big entity, one with a
 * thirtieth of its requests, and many others around them.
 */
export async function queriesSuite({
  quick,
  log,
  seconds,
}: SuiteOptions): Promise<Figure[]> {
  const total = quick ? 2_000_000 : 20_000_000;
  const bigShare = 3_530_000 / 20_000_000;
  const postgres = await startPostgres();
  const { knex } = postgres;
  try {
    const endMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
    const entities = await makeEntities(knex, bigShare);
    const [big, small] = entities;
    const began = performance.now();
    await fill(postgres, entities, total, endMs);
    log(
      `${count(total)} requests in ${(
        (performance.now() - began) /
        1000
      ).toFixed(0)} s`,
    );

    const store = new DatabaseRequestStore({ knex });
    const range = { from: new Date(endMs - DAY_MS), to: new Date(endMs) };
    const chart = async ({ ref }: Entity) => {
      const { rows } = await store.readRollups({
        entityRef: ref,
        environment: ENVIRONMENT,
        ...range,
        groupBy: 'instance',
        stepMs: MINUTE_MS,
      });
      return rows.map(row => ({
        row,
        percentiles: DurationHistogram.percentilesUs(
          row.histogram,
          row.requests,
          [0.5, 0.95, 0.99],
        ),
      }));
    };
    const bigChart = await timeIt(15, () => chart(big), 10);
    const smallChart = await timeIt(15, () => chart(small), 10);
    const raw = await timeIt(quick ? 1 : 3, () =>
      rawAggregate(knex, big, range),
    );
    log(
      `24 h by instance and minute: ${
        bigChart.result.length
      } rows in ${bigChart.p50.toFixed(
        1,
      )} ms, with 1/30 of the requests ${smallChart.p50.toFixed(
        1,
      )} ms, from the rows ${raw.p50.toFixed(0)} ms`,
    );
    const filter = { environment: ENVIRONMENT, ...range };
    let turn = 0;
    const errors = () =>
      store.listRequests(
        {
          ...filter,
          entityRef: entities[turn++ % entities.length].ref,
          statuses: [{ min: 500, max: 599 }],
        },
        undefined,
        50,
      );
    const newest = await timeIt(200, errors, entities.length);
    const traces = await sampleTraces(knex, small, range);
    const byTrace = await timeIt(40, () =>
      store.listRequests(
        {
          ...filter,
          entityRef: small.ref,
          traceId: traces[turn++ % traces.length],
        },
        undefined,
        50,
      ),
    );
    log(
      `newest 50 failed ones p95 ${newest.p95.toFixed(
        2,
      )} ms, by trace id p95 ${byTrace.p95.toFixed(1)} ms`,
    );
    const sizes = await measureSizes(knex);
    const percentileError = worstError(bigChart.result, raw.result);
    const busy = await whileIngesting(postgres, seconds, async () => {
      await chart(small);
      await errors();
    });
    log(
      `queries p95 idle ${busy.idleP95.toFixed(
        1,
      )} ms, at half load ${busy.loadedP95.toFixed(1)} ms`,
    );
    return [
      {
        what: 'load distribution, 24 h by instance and minute: 30 × more requests',
        value: bigChart.p50 / smallChart.p50,
        unit: '×',
        floor: 1.3,
        goal: 1.1,
        higher: false,
        detail: `${bigChart.p50.toFixed(1)} against ${smallChart.p50.toFixed(
          1,
        )} ms`,
      },
      {
        what: `the same against the raw aggregate at ${count(
          total * bigShare,
        )} requests`,
        value: raw.p50 / bigChart.p50,
        unit: '×',
        floor: 40,
        goal: 80,
        higher: true,
        detail: `${raw.p50.toFixed(0)} ms from the rows`,
      },
      {
        what: `newest 50 requests with status ≥ 500, p95, at ${count(
          total,
        )} requests`,
        value: newest.p95,
        unit: 'ms',
        floor: 5,
        goal: 1,
        higher: false,
        detail: `p50 ${newest.p50.toFixed(2)} ms`,
      },
      {
        what: `request by trace id in 24 h, p95, at ${count(total)} requests`,
        value: byTrace.p95,
        unit: 'ms',
        floor: 50,
        goal: 25,
        higher: false,
        detail: `p50 ${byTrace.p50.toFixed(1)} ms`,
      },
      {
        what: 'bytes per request, against a wide row with primary key',
        value: sizes.own / sizes.wide,
        unit: '',
        floor: 0.45,
        goal: 0.38,
        higher: false,
        detail: `${sizes.own.toFixed(1)} against ${sizes.wide.toFixed(
          1,
        )} bytes`,
      },
      {
        what: 'percentile error',
        value: percentileError * 100,
        unit: '%',
        floor: 2.3,
        goal: 1.1,
        higher: false,
        detail: 'worst of p50, p95, p99 over all groups',
      },
      {
        what: 'query p95 while ingest runs at half its maximum',
        value: busy.loadedP95 / busy.idleP95,
        unit: '×',
        floor: 2,
        goal: 1.3,
        higher: false,
        detail: `${busy.loadedP95.toFixed(1)} against ${busy.idleP95.toFixed(
          1,
        )} ms`,
      },
    ];
  } finally {
    await postgres.stop();
  }
}

async function makeEntities(knex: Knex, bigShare: number): Promise<Entity[]> {
  const shares = [bigShare, bigShare / 30];
  const others = 48;
  for (let index = 0; index < others; index++) {
    shares.push((1 - bigShare - bigShare / 30) / others);
  }
  const entities: Entity[] = [];
  for (const [index, share] of shares.entries()) {
    const ref = `component:default/day-${index}`;
    const id = await ensureEntity(knex, ref);
    const base = {
      entityId: id,
      environment: ENVIRONMENT,
      maxNewPerDay: 1000,
      other: ['', '(other)'] as const,
    };
    const names = (prefix: string, length: number) =>
      Array.from(
        { length },
        (_, number) => [`${prefix}-${number}`, 'zone'] as const,
      );
    const ids = (found: { id: number }[]) => found.map(entry => entry.id);
    entities.push({
      ref,
      id,
      share,
      instances: ids(
        await resolveInstances(knex, { ...base, names: names('i', INSTANCES) }),
      ),
      routes: ids(
        await resolveRoutes(knex, { ...base, names: names('r', 20) }),
      ),
    });
  }
  return entities;
}

/** Writes a day in order of time; within a batch by entity, as ingest does. */
async function fill(
  postgres: BenchPostgres,
  entities: Entity[],
  total: number,
  endMs: number,
): Promise<void> {
  const { knex } = postgres;
  const batches = Math.round(total / BATCH_SPANS);
  const widthMs = DAY_MS / batches;
  const rows = new RowBuffer(BATCH_SPANS + entities.length);
  const aggregator = new RowAggregator();
  const limits = { acquireTimeoutMs: 5000, useTimeoutMs: 3_600_000 };
  await withConnection(knex, limits, async client => {
    for (let batch = 0; batch < batches; batch++) {
      rows.length = 0;
      let counted = 0;
      for (const [index, entity] of entities.entries()) {
        const requests = Math.round(BATCH_SPANS * entity.share);
        for (let request = 0; request < requests; request++) {
          appendRow(rows, {
            startedMs: endMs - DAY_MS + widthMs * (batch + random()),
            entityId: entity.id,
            instanceId: pick(entity.instances),
            routeId: pick(entity.routes),
          });
        }
        // The rollups of the two that are asked for.
        counted = index < 2 ? rows.length : counted;
      }
      aggregator.aggregate(rows, [{ start: 0, end: counted }]);
      const query = new MultiCopyQuery(
        [
          {
            sql: `BEGIN; COPY rollup_deltas (${DELTA_COLUMNS.join(
              ', ',
            )}) FROM STDIN (FORMAT binary)`,
            chunks: [encodeDeltas(aggregator.groups)],
          },
          {
            sql: `COPY requests (${REQUEST_COLUMNS.join(
              ', ',
            )}) FROM STDIN (FORMAT binary)`,
            chunks: [COPY_HEADER, rows.slice(0, rows.length), COPY_TRAILER],
          },
        ],
        'COMMIT',
      );
      client.query(query);
      await query.done;
    }
  });
  for (const { id } of entities.slice(0, 2)) {
    await compactEntity(knex, id, new Date());
  }
  const partitions = await listPartitions(knex, partitionedTables[0]);
  await summarizeBlockRanges(
    knex,
    partitions.map(({ name }) => name),
  );
  await knex.raw('VACUUM (ANALYZE) requests');
  await knex.raw('VACUUM (ANALYZE) rollups_minute');
  await knex.raw('VACUUM (ANALYZE) rollup_deltas');
}

async function rawAggregate(
  knex: Knex,
  { id }: Entity,
  { from, to }: { from: Date; to: Date },
) {
  const { rows } = await knex.raw(
    `SELECT i.instance_key || ' ' || (extract(epoch FROM m) * 1000)::int8 AS key, p
       FROM (SELECT date_trunc('minute', started_at) AS m, instance_id, count(*),
                    percentile_disc(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY duration_us)::float8[] AS p
               FROM requests WHERE entity_id = ? AND started_at >= ? AND started_at < ?
              GROUP BY 1, 2) g
       JOIN instances i ON i.entity_id = ? AND i.instance_id = g.instance_id`,
    [id, from, to, id],
  );
  return rows as { key: string; p: number[] }[];
}

function worstError(
  chart: { row: RollupRow; percentiles: number[] }[],
  exact: { key: string; p: number[] }[],
): number {
  const shown = new Map(
    chart.map(({ row, percentiles }) => [
      `${row.key} ${row.bucket.getTime()}`,
      percentiles,
    ]),
  );
  let worst = 0;
  for (const { key, p } of exact) {
    const percentiles = shown.get(key);
    if (!percentiles) {
      throw new Error(`The rollups have no group ${key}`);
    }
    p.forEach((value, index) => {
      worst = Math.max(worst, Math.abs(percentiles[index] - value) / value);
    });
  }
  return worst;
}

async function sampleTraces(
  knex: Knex,
  { id }: Entity,
  { from, to }: { from: Date; to: Date },
): Promise<string[]> {
  const { rows } = await knex.raw(
    `SELECT trace_id::text AS id FROM requests
      WHERE entity_id = ? AND started_at >= ? AND started_at < ? AND span_id % 97 = 0 LIMIT 40`,
    [id, from, to],
  );
  return rows.map((row: { id: string }) => row.id.replaceAll('-', ''));
}

/** Bytes per row of the table with its indexes, ours and the wide one. */
async function measureSizes(
  knex: Knex,
): Promise<{ own: number; wide: number }> {
  const sample = 500_000;
  await knex.raw(BASELINE_TABLE);
  await knex.raw(
    `INSERT INTO baseline
     SELECT r.started_at, r.trace_id, int8send(r.span_id), r.entity_id, r.duration_us::int4, r.status_code,
            'i-0a1b2c3d4e5f' || lpad(r.instance_id::text, 5, '0'), 'eu-central-1a',
            '/api/v1/orders/{id}/' || r.route_id, 'GET'
       FROM (SELECT * FROM requests LIMIT ?) r`,
    [sample],
  );
  const { rows } = await knex.raw(`
    SELECT (SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'requests'::regclass)::float8
           / (SELECT count(*) FROM requests) AS own,
           pg_total_relation_size('baseline')::float8 / (SELECT count(*) FROM baseline) AS wide`);
  return rows[0];
}

/** The p95 of queries, first alone, then with ingest at half of what it can. */
async function whileIngesting(
  postgres: BenchPostgres,
  seconds: number,
  query: () => Promise<unknown>,
): Promise<{ idleP95: number; loadedP95: number }> {
  const tokens = await createTokens(postgres.knex, 16);
  const backend = await startBackend(postgres.connectionString);
  try {
    const plan = {
      port: backend.port,
      path: '/api/cloudtrace/otlp/v1/traces',
      tokens,
      gzip: true,
      encoding: 'protobuf' as const,
      spansPerRequest: 500,
      connections: 48,
      warmUpMs: 2000,
      durationMs: seconds * 1000,
    };
    const full = await runLoad(plan);
    const idle = await timeFor(seconds * 1000, query);
    let loaded: Promise<number> | undefined;
    await runLoad(
      { ...plan, spansPerSecond: full.spans / full.seconds / 2 },
      {
        onMeasuring: () => {
          loaded = timeFor(seconds * 900, query);
        },
      },
    );
    return { idleP95: idle, loadedP95: await loaded! };
  } finally {
    await backend.stop();
  }
}

async function timeFor(
  durationMs: number,
  query: () => Promise<unknown>,
): Promise<number> {
  const times: number[] = [];
  const until = performance.now() + durationMs;
  while (performance.now() < until) {
    const began = performance.now();
    await query();
    times.push(performance.now() - began);
  }
  return percentile(times, 0.95);
}

/**
 * Times of a query in a process that runs already: what is compiled and cached
 * by the first `warmUps` runs is not asked.
 */
async function timeIt<T>(
  runs: number,
  query: () => Promise<T>,
  warmUps: number = 1,
) {
  let result = await query();
  for (let run = 1; run < warmUps; run++) {
    result = await query();
  }
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const began = performance.now();
    result = await query();
    times.push(performance.now() - began);
  }
  return { result, p50: median(times), p95: percentile(times, 0.95) };
}

function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

function pick<T>(values: readonly T[]): T {
  return values[Math.floor(random() * values.length)];
}
