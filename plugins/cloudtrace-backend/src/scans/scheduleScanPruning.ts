import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { ScansConfig } from '../config/readScansConfig';
import { pruneScans } from '../database/operations/scans/pruneScans';

/** Deletes old scans and fixed findings, on one replica at a time. */
export async function scheduleScanPruning(options: {
  knex: Knex;
  scheduler: SchedulerService;
  retention: ScansConfig['retention'];
}): Promise<void> {
  const { knex, scheduler, retention } = options;
  await scheduler.scheduleTask({
    id: 'prune-scans',
    frequency: { hours: 6 },
    timeout: { minutes: 30 },
    initialDelay: { minutes: 10 },
    scope: 'global',
    fn: async signal => pruneScans(knex, { ...retention, signal }),
  });
}
