import type {
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { checkIntervalMs, LeasedTask } from './LeasedTask';

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
  const task = new LeasedTask(options);
  lifecycle.addShutdownHook(() => task.release());
  await scheduler.scheduleTask({
    id: name,
    frequency: { milliseconds: checkIntervalMs(frequencyMs) },
    timeout: { milliseconds: timeoutMs },
    // The lease decides which replica runs: a global task of the scheduler
    // outlives a dead replica by minutes.
    scope: 'local',
    fn: signal => task.check(signal),
  });
}
