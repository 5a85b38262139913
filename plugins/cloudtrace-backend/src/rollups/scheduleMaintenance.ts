import type {
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { scheduleLeasedTask } from '../periodic/scheduleLeasedTask';
import type { PartitionMaintenance } from './PartitionMaintenance';
import type { RollupCompactor } from './RollupCompactor';

const COMPACTION_FREQUENCY_MS = 20_000;
/** What a run does not compact within this time, the next one does. */
const COMPACTION_TIMEOUT_MS = 60_000;

/**
 * Schedules storage maintenance. Each task runs on one replica at a time, but
 * may run on several without harm. The tasks that the scheduler assigns to a
 * replica have short timeouts, because a killed replica keeps them that long.
 */
export async function scheduleMaintenance(options: {
  knex: Knex;
  scheduler: SchedulerService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  compactor: RollupCompactor;
  partitions: PartitionMaintenance;
}): Promise<void> {
  const { scheduler, compactor, partitions } = options;
  const scope = 'global' as const;
  await scheduleLeasedTask({
    ...options,
    name: 'cloudtrace-compact-rollups',
    frequencyMs: COMPACTION_FREQUENCY_MS,
    timeoutMs: COMPACTION_TIMEOUT_MS,
    async run(signal) {
      await compactor.run(signal);
    },
  });
  await scheduler.scheduleTask({
    id: 'cloudtrace-summarize-requests',
    frequency: { minutes: 1 },
    timeout: { seconds: 60 },
    initialDelay: { seconds: 30 },
    scope,
    fn: async () => {
      await partitions.summarize();
    },
  });
  await scheduler.scheduleTask({
    id: 'cloudtrace-maintain-partitions',
    frequency: { hours: 1 },
    timeout: { minutes: 5 },
    initialDelay: { minutes: 1 },
    scope,
    fn: async () => {
      await partitions.ensure();
      await partitions.dropExpired();
    },
  });
}
