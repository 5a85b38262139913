import { runLoad } from '../../load/runLoad';
import type { BenchPostgres } from '../../postgres';
import { createTokens, startBackend } from '../../server/startBackend';
import { percentile } from './timing';

/** The p95 of queries: first without load, then with ingest at half its maximum. */
export async function whileIngesting(
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
