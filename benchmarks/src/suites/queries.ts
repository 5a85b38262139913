import type { Knex } from 'knex';
import { DurationHistogram } from '../../../plugins/cloudtrace-common/src/histogram';
import { DatabaseRequestStore } from '../../../plugins/cloudtrace-backend/src/requests/DatabaseRequestStore';
import { startPostgres } from '../postgres';
import { count, median, type Figure } from '../report';
import {
  DAY_MS,
  ENVIRONMENT,
  fillDay,
  makeEntities,
  type Entity,
} from './queries/day';
import { measureSizes } from './queries/measureSizes';
import { rawAggregate, worstError } from './queries/rawAggregate';
import { timeIt } from './queries/timing';
import { whileIngesting } from './queries/whileIngesting';
import type { SuiteOptions } from './types';

const MINUTE_MS = 60_000;

/**
 * The queries of the tab over a day of requests: one big entity, one with a
 * thirtieth of its requests, and many others.
 */
export async function queriesSuite({
  quick,
  log,
  reps,
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
    await fillDay(postgres, entities, total, endMs);
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
      return rows.map(row => {
        const durations = DurationHistogram.decode(row.histogram);
        const percentiles = [0.5, 0.95, 0.99].map(
          share => durations.percentileUs(share)!,
        );
        return { row, percentiles };
      });
    };
    // Alternates between the two, because the machine's speed varies from one
    // second to the next.
    const bigTimes: number[] = [];
    const smallTimes: number[] = [];
    for (let rep = 0; rep < reps; rep++) {
      bigTimes.push((await timeIt(15, () => chart(big), 5)).p50);
      smallTimes.push((await timeIt(15, () => chart(small), 5)).p50);
    }
    const bigMs = median(bigTimes);
    const smallMs = median(smallTimes);
    const shown = await chart(big);
    const raw = await timeIt(quick ? 1 : 3, () =>
      rawAggregate(knex, big, range),
    );
    log(
      `24 h by instance and minute: ${shown.length} rows in ${bigMs.toFixed(
        1,
      )} ms, with 1/30 of the requests ${smallMs.toFixed(
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
    const percentileError = worstError(shown, raw.result);
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
        value: bigMs / smallMs,
        unit: '×',
        floor: 1.3,
        goal: 1.1,
        higher: false,
        detail: `${bigMs.toFixed(1)} against ${smallMs.toFixed(1)} ms`,
      },
      {
        what: `the same against the raw aggregate at ${count(
          total * bigShare,
        )} requests`,
        value: raw.p50 / bigMs,
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
