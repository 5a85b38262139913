import type {
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { openPlainPool } from '../database/distribution/openPool';
import { checkIntervalMs, LeasedTask } from './LeasedTask';

/** A lease is renewed every 5 seconds and expires after 20. */
const ACQUIRE_TIMEOUT_MS = 5_000;

/**
 * Schedules work that one replica does at a time, and that another replica
 * continues within 30 seconds if this one dies.
 */
export async function scheduleLeasedTask(options: {
  knex: Knex;
  scheduler: SchedulerService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  /** Identifies the task and its lease. */
  name: string;
  /** Time from the start of one run to the next. */
  frequencyMs: number;
  /** Then the signal of the run is aborted. */
  timeoutMs: number;
  run: (signal: AbortSignal) => Promise<void>;
}): Promise<void> {
  const { scheduler, lifecycle, name, frequencyMs, timeoutMs } = options;
  // Pages that wait for a database must not make a replica lose its lease.
  const leases = openPlainPool(options.knex, {
    connections: 1,
    acquireTimeoutMs: ACQUIRE_TIMEOUT_MS,
  });
  const task = new LeasedTask({ ...options, knex: leases });
  let checking: Promise<void> | undefined;
  lifecycle.addShutdownHook(async () => {
    await task.release();
    // Not awaited: a run that goes on records its end, but holds up nothing.
    void Promise.allSettled([checking]).then(() => leases.destroy());
  });
  await scheduler.scheduleTask({
    id: name,
    frequency: { milliseconds: checkIntervalMs(frequencyMs) },
    timeout: { milliseconds: timeoutMs },
    // The lease decides which replica runs: a global task of the scheduler
    // outlives a dead replica by minutes.
    scope: 'local',
    fn: signal => {
      checking = task.check(signal);
      return checking;
    },
  });
}
