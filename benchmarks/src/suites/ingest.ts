import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadPlan } from '../load/generate';
import {
  checkExact,
  describeWaits,
  measureRun,
  type Run,
} from '../load/measureRun';
import { emptyTables, startPostgres, type BenchPostgres } from '../postgres';
import { count, median, type Figure } from '../report';
import {
  createTokens,
  startBackend,
  type RunningBackend,
} from '../server/startBackend';
import { makeRequest } from '../payloads';
import type { SuiteOptions } from './types';

const OTLP_PATH = '/api/cloudtrace/otlp/v1/traces';
const COLUMNS =
  'started_at, span_id, trace_id, entity_id, instance_id, route_id, duration_us, status_code, flags';

/** Connections with 500 spans per request that saturate the backend. */
const SATURATING_CONNECTIONS = 24;

/** Connections of small services; each sends one request of one span at a time. */
const SMALL_SERVICES = 256;

/** Entities with a token each. */
const ENTITIES = 16;

/** End-to-end ingest through the real backend, compared with its baselines. */
export async function ingestSuite({
  reps,
  seconds,
  log,
}: SuiteOptions): Promise<Figure[]> {
  const postgres = await startPostgres();
  const { knex } = postgres;
  const tokens = await createTokens(knex, ENTITIES);
  let backend: RunningBackend | undefined;
  const runs: Record<string, Run[]> = {};
  const copies: number[] = [];
  try {
    backend = await startBackend(postgres.connectionString);
    const base = {
      port: backend.port,
      path: OTLP_PATH,
      tokens,
      gzip: true,
      encoding: 'protobuf' as const,
      spansPerRequest: 500,
      connections: 48,
      warmUpMs: 2000,
      durationMs: seconds * 1000,
    };
    const single = {
      ...base,
      gzip: false,
      spansPerRequest: 1,
      connections: SMALL_SERVICES,
    };
    const baseline = {
      ...base,
      path: '/api/baseline/requests',
      tokens: [''],
      bodies: baselineBodies(),
      spansPerRequest: 1,
      connections: 32,
    };
    const plans: Record<string, LoadPlan> = {
      protobuf: base,
      // As few connections as reach full throughput: with more, each request
      // only waits longer for the others.
      saturated: { ...base, connections: SATURATING_CONNECTIONS },
      json: { ...base, encoding: 'json' },
      single,
      'own port': { ...single, port: backend.ingestPort, path: '/v1/traces' },
      baseline,
      'own port baseline': {
        ...baseline,
        port: backend.baselinePort,
        path: '/',
      },
    };
    for (let rep = 0; rep < reps; rep++) {
      for (const [name, plan] of Object.entries(plans)) {
        await emptyTables(knex);
        const run = await measureRun(postgres, backend, plan);
        (runs[name] ??= []).push(run);
        log(
          `${name.padEnd(17)} ${count(run.spansPerSecond).padStart(
            9,
          )} spans/s, ack p50 ${run.latencyMs.p50.toFixed(
            0,
          )} p99 ${run.latencyMs.p99.toFixed(0)} ms, ` +
            `CPU µs/span: backend ${run.backendUs.toFixed(
              2,
            )}, PostgreSQL ${run.postgresUs.toFixed(2)}, generator ${(
              (run.cpuSeconds / run.spans) *
              1e6
            ).toFixed(2)}; ${JSON.stringify(run.statuses)}`,
        );
        log(`${' '.repeat(17)} ${describeWaits(run)}`);
        await checkExact(postgres);
        if (name === 'protobuf') {
          copies.push(copyBaseline(postgres, await saveRows(postgres)));
          log(
            `\\copy             ${count(copies[copies.length - 1]).padStart(
              9,
            )} rows/s`,
          );
        }
      }
      await emptyTables(knex);
      const half = median(runs.protobuf.map(run => run.spansPerSecond)) / 2;
      (runs.half ??= []).push(
        await measureRun(postgres, backend, { ...base, spansPerSecond: half }),
      );
    }
  } finally {
    await backend?.stop();
    await postgres.stop();
  }
  const of = (name: string, pick: (run: Run) => number) =>
    median(runs[name].map(pick));
  const rate = (name: string) => of(name, run => run.spansPerSecond);
  const copy = median(copies);
  return [
    {
      what: 'end-to-end protobuf ingest, against client-side `\\copy`',
      value: rate('protobuf') / copy,
      unit: '',
      floor: 0.3,
      goal: 0.5,
      higher: true,
      detail: `${count(rate('protobuf'))} spans/s, \\copy ${count(
        copy,
      )} rows/s`,
    },
    {
      what: 'the same against one INSERT per request',
      value: rate('protobuf') / rate('baseline'),
      unit: '×',
      floor: 40,
      goal: 75,
      higher: true,
      detail: `baseline ${count(rate('baseline'))}/s`,
    },
    {
      what: 'JSON against protobuf',
      value: rate('json') / rate('protobuf'),
      unit: '',
      floor: 0.4,
      goal: 0.6,
      higher: true,
      detail: `${count(rate('json'))} spans/s`,
    },
    {
      what: 'one-span requests against one INSERT per request',
      value: rate('single') / rate('baseline'),
      unit: '×',
      floor: 1.5,
      goal: 3,
      higher: true,
      detail: `${count(rate('single'))}/s, both behind Backstage's HTTP server`,
    },
    {
      what: 'one-span requests on ingest’s own port, against one INSERT per request on a port of its own',
      value: rate('own port') / rate('own port baseline'),
      unit: '×',
      floor: 1.5,
      goal: 3,
      higher: true,
      detail: `${count(rate('own port'))} against ${count(
        rate('own port baseline'),
      )}/s, both without Backstage's middleware; ${(
        rate('own port') / rate('baseline')
      ).toFixed(2)} × the baseline behind it`,
    },
    {
      what: 'acknowledgement p99 at saturation',
      value: of('saturated', run => run.latencyMs.p99),
      unit: 'ms',
      floor: 150,
      goal: 60,
      higher: false,
      detail: `${SATURATING_CONNECTIONS} connections, ${count(
        rate('saturated'),
      )} spans/s; with 48 p99 ${of(
        'protobuf',
        run => run.latencyMs.p99,
      ).toFixed(0)} ms`,
    },
    {
      what: 'acknowledgement p99 at half load',
      value: of('half', run => run.latencyMs.p99),
      unit: 'ms',
      floor: 100,
      goal: 40,
      higher: false,
      detail: `p50 ${of('half', run => run.latencyMs.p50).toFixed(
        0,
      )} ms at ${count(rate('half'))} spans/s`,
    },
  ];
}

/** Writes the first million rows to a binary file. */
async function saveRows({ knex, server }: BenchPostgres): Promise<string> {
  const file = join(server.dataFolder, 'rows.bin');
  await knex.raw(
    `COPY (SELECT ${COLUMNS} FROM requests LIMIT 1000000) TO '${file}' (FORMAT binary)`,
  );
  return file;
}

/** Rows per second of psql's \copy into the same table, empty. */
function copyBaseline(postgres: BenchPostgres, file: string): number {
  const psql = (sql: string) =>
    execFileSync('psql', ['-qAt', postgres.connectionString, '-c', sql], {
      encoding: 'utf8',
    });
  psql('TRUNCATE requests');
  psql('CHECKPOINT');
  const began = performance.now();
  psql(`\\copy requests (${COLUMNS}) from '${file}' with (format binary)`);
  const seconds = (performance.now() - began) / 1000;
  const rows = Number(psql('SELECT count(*) FROM requests'));
  rmSync(file);
  return rows / seconds;
}

function baselineBodies(): string[] {
  const { spans } = makeRequest(500, 1).resourceSpans[0].scopeSpans[0];
  return spans.map(span =>
    JSON.stringify({
      startedAt: new Date(
        Number(BigInt(span.startTimeUnixNano) / 1_000_000n),
      ).toISOString(),
      traceId: span.traceId,
      entityId: 1,
      durationUs: 5000,
      status: 200,
      instance: 'i-0a1b2c3d4e5f00001',
      zone: 'eu-central-1a',
      route: '/api/v1/orders/{id}',
      method: 'GET',
    }),
  );
}
