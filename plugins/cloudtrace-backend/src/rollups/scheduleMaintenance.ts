import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { PartitionMaintenance } from './PartitionMaintenance';
import type { RollupCompactor } from './RollupCompactor';

/**
 * Schedules storage maintenance. Each task runs on one replica at a time, but
 * may run on several without harm. The timeouts are short, because a task of a
 * killed replica stays locked for that long.
 */
export async function scheduleMaintenance(options: {
  scheduler: SchedulerService;
  compactor: RollupCompactor;
  partitions: PartitionMaintenance;
}): Promise<void> {
  const { scheduler, compactor, partitions } = options;
  const scope = 'global' as const;
  await scheduler.scheduleTask({
    id: 'cloudtrace-compact-rollups',
    frequency: { seconds: 20 },
    timeout: { seconds: 60 },
    initialDelay: { seconds: 5 },
    scope,
    fn: async signal => {
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
