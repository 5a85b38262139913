import type { BenchPostgres, ServerWaits } from '../postgres';
import type { RunningBackend } from '../server/startBackend';
import type { LoadPlan, LoadResult } from './generate';
import { runLoad } from './runLoad';

/** A load run and what it cost. */
export interface Run extends LoadResult {
  spansPerSecond: number;
  /** CPU microseconds per span. */
  backendUs: number;
  postgresUs: number;
  /** What can make acknowledgements wait, during the run. */
  waits: ServerWaits & { eventLoopDelayMaxMs: number };
}

/** Runs a load and measures what it costs backend and PostgreSQL. */
export async function measureRun(
  postgres: BenchPostgres,
  backend: RunningBackend,
  plan: LoadPlan,
): Promise<Run> {
  const snapshot = async () => ({
    usage: await backend.usage(),
    postgresSeconds: postgres.cpuSeconds(),
    waits: await postgres.waits(),
  });
  type Snapshot = Awaited<ReturnType<typeof snapshot>>;
  let before: Promise<Snapshot> | undefined;
  let after: Promise<Snapshot> | undefined;
  const result = await runLoad(plan, {
    onMeasuring: () => {
      before = backend.resetDelay().then(snapshot);
    },
    onMeasured: () => {
      after = snapshot();
    },
  });
  const [from, to] = await Promise.all([before!, after!]);
  return {
    ...result,
    spansPerSecond: result.spans / result.seconds,
    backendUs:
      ((to.usage.cpuSeconds - from.usage.cpuSeconds) / result.spans) * 1e6,
    postgresUs:
      ((to.postgresSeconds - from.postgresSeconds) / result.spans) * 1e6,
    waits: {
      checkpoints: to.waits.checkpoints - from.waits.checkpoints,
      walSyncs: to.waits.walSyncs - from.waits.walSyncs,
      walSyncMs: to.waits.walSyncMs - from.waits.walSyncMs,
      eventLoopDelayMaxMs: to.usage.eventLoopDelayMaxMs,
    },
  };
}

/** Why acknowledgements may have been slow. */
export function describeWaits({ latencyMs, waits }: Run): string {
  const syncMs = waits.walSyncs ? waits.walSyncMs / waits.walSyncs : 0;
  return (
    `slowest ack ${latencyMs.max.toFixed(0)} ms; longest event-loop delay ` +
    `${waits.eventLoopDelayMaxMs.toFixed(0)} ms, ${
      waits.checkpoints
    } checkpoints, ` +
    `${waits.walSyncs} WAL syncs of ${syncMs.toFixed(1)} ms`
  );
}

/** Rollups must match the rows, even at full speed. */
export async function checkExact({ knex }: BenchPostgres): Promise<void> {
  const { rows } = await knex.raw(`
    SELECT (SELECT count(*) FROM requests)::float8 AS rows,
           (SELECT COALESCE(sum(requests), 0) FROM (
              SELECT requests FROM rollups_minute WHERE dimension = 1
              UNION ALL SELECT requests FROM rollup_deltas WHERE dimension = 1) r)::float8 AS rollups`);
  if (rows[0].rows !== rows[0].rollups) {
    throw new Error(`${rows[0].rows} rows, but ${rows[0].rollups} in rollups`);
  }
}
