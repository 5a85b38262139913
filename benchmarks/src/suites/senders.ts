import type { LoadPlan } from '../load/generate';
import { checkExact, measureRun, type Run } from '../load/measureRun';
import { emptyTables, startPostgres } from '../postgres';
import { count, median, type Figure } from '../report';
import {
  createPlatformToken,
  createTokens,
  startBackend,
  type RunningBackend,
} from '../server/startBackend';
import type { SuiteOptions } from './types';

/** Entities with a token each, which a platform token serves as well. */
const SERVICES = 16;

/** Pairs of runs for each repetition. */
const PAIRS = 3;

/** Two ways to send the same bodies. */
interface Comparison {
  what: string;
  way: LoadPlan;
  other: LoadPlan;
  floor: number;
  goal: number;
}

interface Pair {
  way: Run;
  other: Run;
}

/**
 * Ways to send the same bodies, compared in pairs of runs, one directly after
 * the other, with the first place alternating: what slows the machine down for
 * a while then slows both. The figure is the CPU time of the backend per span,
 * which other work disturbs least.
 */
export async function sendersSuite({
  reps,
  seconds,
  log,
}: SuiteOptions): Promise<Figure[]> {
  const postgres = await startPostgres();
  const { knex } = postgres;
  const tokens = await createTokens(knex, SERVICES);
  const platformTokens = [await createPlatformToken(knex)];
  let backend: RunningBackend | undefined;
  const figures: Figure[] = [];
  try {
    backend = await startBackend(postgres.connectionString, {
      // The catalog lists what the platform token serves.
      bench: { components: SERVICES },
    });
    for (const comparison of comparisons(backend, seconds)) {
      const pairs: Pair[] = [];
      for (let index = 0; index < reps * PAIRS; index++) {
        const first = index % 2 === 0 ? 'way' : 'other';
        const second = index % 2 === 0 ? 'other' : 'way';
        const pair = {
          [first]: await measure(backend, comparison[first]),
          [second]: await measure(backend, comparison[second]),
        } as unknown as Pair;
        pairs.push(pair);
        log(`${comparison.what}: ${describePair(pair)}`);
      }
      figures.push(toFigure(comparison, pairs));
    }
  } finally {
    await backend?.stop();
    await postgres.stop();
  }
  return figures;

  async function measure(running: RunningBackend, plan: LoadPlan) {
    await emptyTables(knex);
    const run = await measureRun(postgres, running, plan);
    await checkExact(postgres);
    return run;
  }

  function comparisons(
    { port, ingestPort, grpcPort }: RunningBackend,
    durationSeconds: number,
  ): Comparison[] {
    const base: LoadPlan = {
      port,
      path: '/api/cloudtrace/otlp/v1/traces',
      tokens,
      gzip: true,
      encoding: 'protobuf',
      spansPerRequest: 500,
      connections: 48,
      warmUpMs: 1500,
      durationMs: durationSeconds * 1000,
    };
    const named = { ...base, services: SERVICES };
    const ownPort = { ...base, port: ingestPort, path: '/v1/traces' };
    return [
      {
        what: 'one token for many services, against a token for each',
        way: { ...named, tokens: platformTokens },
        other: named,
        floor: 0.97,
        goal: 1,
      },
      {
        what: 'ten services in one request, against a request for each',
        way: { ...named, tokens: platformTokens, servicesPerRequest: 10 },
        other: { ...named, spansPerRequest: 50 },
        floor: 1,
        goal: 2,
      },
      {
        what: 'gRPC against HTTP protobuf, both on ports of ingest',
        way: { ...ownPort, protocol: 'grpc', port: grpcPort },
        other: ownPort,
        floor: 0.9,
        goal: 1,
      },
    ];
  }
}

function describePair({ way, other }: Pair): string {
  return `CPU of the backend ${way.backendUs.toFixed(
    2,
  )} against ${other.backendUs.toFixed(2)} µs a span, ${count(
    way.spansPerSecond,
  )} against ${count(other.spansPerSecond)} spans/s`;
}

/** How many spans the first way takes for the CPU time of one of the other. */
function toFigure(
  { what, floor, goal }: Comparison,
  pairs: readonly Pair[],
): Figure {
  const rate = median(
    pairs.map(({ way, other }) => way.spansPerSecond / other.spansPerSecond),
  );
  return {
    what,
    value: median(
      pairs.map(({ way, other }) => other.backendUs / way.backendUs),
    ),
    unit: '',
    floor,
    goal,
    higher: true,
    detail: `spans per CPU second of the backend, median of ${
      pairs.length
    } pairs; spans/s ${rate.toFixed(2)}`,
  };
}
