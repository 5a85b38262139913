import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { ServerWork } from '../database/distribution/onEachServer';
import type { ScansConfig } from './config';
import { pruneDeliveries } from './database/pruneDeliveries';
import { pruneScans } from './database/pruneScans';

/** Deletes old scans, fixed findings and webhooks, on one replica at a time. */
export async function scheduleScanPruning(
  options: ServerWork & {
    scheduler: SchedulerService;
    retention: ScansConfig['retention'];
  },
): Promise<void> {
  const { knex, scheduler, retention } = options;
  await scheduler.scheduleTask({
    id: 'prune-scans',
    frequency: { hours: 6 },
    timeout: { minutes: 30 },
    initialDelay: { minutes: 10 },
    scope: 'global',
    async fn(signal) {
      await pruneDeliveries(knex);
      await pruneScans(options, { ...retention, signal });
    },
  });
}
