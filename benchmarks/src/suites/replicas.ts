import { runLoad } from '../load/runLoad';
import { emptyTables, startPostgres, type BenchPostgres } from '../postgres';
import { count, median, type Figure } from '../report';
import {
  createTokens,
  startBackend,
  type RunningBackend,
} from '../server/startBackend';
import { CpuLimit } from '../server/CpuLimit';
import type { SuiteOptions } from './types';

/** One generator per replica; with one replica, both send to it. */
const GENERATORS = 2;
const CONNECTIONS_PER_GENERATOR = 64;

/** Of one core, for each replica: two of them, PostgreSQL and the generators then fit on two cores. */
const CORES_PER_REPLICA = 0.35;

interface Run {
  spansPerSecond: number;
  /** CPU microseconds per span: of all replicas, of PostgreSQL, and of the generators. */
  backendUs: number;
  postgresUs: number;
  generatorUs: number;
}

/**
 * Ingest through one replica and through two. Requests have one span each:
 * these cost the backend most and PostgreSQL least. Each replica gets a share
 * of a core, because otherwise the first one would need the second one's.
 */
export async function replicasSuite({
  reps,
  seconds,
  log,
}: SuiteOptions): Promise<Figure[]> {
  const postgres = await startPostgres();
  const replicas: RunningBackend[] = [];
  const limits: (CpuLimit | undefined)[] = [];
  const one: Run[] = [];
  const two: Run[] = [];
  try {
    const tokens = await createTokens(postgres.knex, 16);
    while (replicas.length < GENERATORS) {
      replicas.push(await startBackend(postgres.connectionString));
    }
    for (const { pid } of replicas) {
      limits.push(CpuLimit.apply(pid, CORES_PER_REPLICA));
    }
    log(
      limits.every(limit => limit)
        ? `each replica has ${CORES_PER_REPLICA} cores`
        : 'NOT LIMITED: control groups cannot be created here, so the cores may be the limit',
    );
    for (let rep = 0; rep < reps; rep++) {
      for (const [used, runs] of [
        [replicas.slice(0, 1), one],
        [replicas, two],
      ] as const) {
        await emptyTables(postgres.knex);
        const run = await measure(postgres, used, tokens, seconds * 1000);
        runs.push(run);
        log(
          `${used.length} replicas ${count(run.spansPerSecond).padStart(
            7,
          )} spans/s, ` +
            `CPU µs/span: replicas ${run.backendUs.toFixed(0)}, ` +
            `PostgreSQL ${run.postgresUs.toFixed(0)}, ` +
            `generators ${run.generatorUs.toFixed(0)}`,
        );
      }
    }
  } finally {
    for (const replica of replicas) await replica.stop();
    for (const limit of limits) await limit?.remove();
    await postgres.stop();
  }
  const of = (runs: Run[], pick: (run: Run) => number) =>
    median(runs.map(pick));
  const rate = (runs: Run[]) => of(runs, run => run.spansPerSecond);
  const busyCores = (runs: Run[]) =>
    of(
      runs,
      run =>
        (run.spansPerSecond *
          (run.backendUs + run.postgresUs + run.generatorUs)) /
        1e6,
    );
  return [
    {
      what: 'one-span requests through two replicas, against one',
      value: rate(two) / rate(one),
      unit: '×',
      floor: 1.5,
      goal: 1.8,
      higher: true,
      detail:
        `${count(rate(two))} against ${count(rate(one))}/s; ` +
        `${busyCores(two).toFixed(1)} against ${busyCores(one).toFixed(
          1,
        )} cores busy (replicas, PostgreSQL and generators)${
          limits.every(limit => limit)
            ? `; each replica limited to ${CORES_PER_REPLICA} cores`
            : '; replicas not limited, so the cores may be the limit'
        }`,
    },
    {
      what: 'CPU of the replicas per span, two against one',
      value: of(two, run => run.backendUs) / of(one, run => run.backendUs),
      unit: '×',
      floor: 1.15,
      goal: 1.05,
      higher: false,
      detail: `${of(two, run => run.backendUs).toFixed(0)} against ${of(
        one,
        run => run.backendUs,
      ).toFixed(0)} µs`,
    },
  ];
}

async function measure(
  postgres: BenchPostgres,
  replicas: readonly RunningBackend[],
  tokens: string[],
  durationMs: number,
): Promise<Run> {
  const cpu = async () => {
    const usages = await Promise.all(replicas.map(replica => replica.usage()));
    return {
      backend: usages.reduce((sum, usage) => sum + usage.cpuSeconds, 0),
      postgres: postgres.cpuSeconds(),
    };
  };
  let before: ReturnType<typeof cpu> | undefined;
  let after: ReturnType<typeof cpu> | undefined;
  const results = await Promise.all(
    Array.from({ length: GENERATORS }, (_, index) =>
      runLoad(
        {
          port: replicas[index % replicas.length].ingestPort,
          path: '/v1/traces',
          tokens,
          gzip: false,
          encoding: 'protobuf',
          spansPerRequest: 1,
          connections: CONNECTIONS_PER_GENERATOR,
          warmUpMs: 2000,
          durationMs,
        },
        {
          onMeasuring: () => {
            before ??= cpu();
          },
          onMeasured: () => {
            after = cpu();
          },
        },
      ),
    ),
  );
  const [from, to] = await Promise.all([before!, after!]);
  const spans = results.reduce((sum, result) => sum + result.spans, 0);
  const perSpan = (cpuSeconds: number) => (cpuSeconds / spans) * 1e6;
  return {
    spansPerSecond: results.reduce(
      (sum, result) => sum + result.spans / result.seconds,
      0,
    ),
    backendUs: perSpan(to.backend - from.backend),
    postgresUs: perSpan(to.postgres - from.postgres),
    generatorUs: perSpan(
      results.reduce((sum, result) => sum + result.cpuSeconds, 0),
    ),
  };
}
