import type {
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { scheduleLeasedTask } from '../periodic/scheduleLeasedTask';
import type { ArchiveExporter } from './ArchiveExporter';

const FREQUENCY_MS = 10 * 60_000;
/** What a run does not export within this time, the next one does. */
const TIMEOUT_MS = 60 * 60_000;

/** Schedules the export of past days, on one replica at a time. */
export async function scheduleArchive(options: {
  knex: Knex;
  scheduler: SchedulerService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  exporter: ArchiveExporter;
}): Promise<void> {
  await scheduleLeasedTask({
    ...options,
    name: 'cloudtrace-archive-requests',
    frequencyMs: FREQUENCY_MS,
    timeoutMs: TIMEOUT_MS,
    run: signal => options.exporter.run(signal),
  });
}
