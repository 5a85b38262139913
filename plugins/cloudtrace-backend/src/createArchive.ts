import type {
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { RequestArchive } from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import { ArchiveExporter } from './archive/ArchiveExporter';
import { ArchiveReader } from './archive/ArchiveReader';
import { ArchiveReporter } from './archive/ArchiveReporter';
import { scheduleArchive } from './archive/scheduleArchive';
import type { DiagnosticsReporter } from './diagnostics/types';
import type { RetentionConfig } from './rollups/config';

/** The archive of requests; without one, nothing reads or reports it. */
export interface Archive {
  reader?: ArchiveReader;
  reporters: DiagnosticsReporter[];
}

/** Creates what moves requests into the archive and reads them there. */
export async function createArchive(options: {
  knex: Knex;
  /** Absent without its module, or if it is not configured. */
  archive: RequestArchive | undefined;
  retention: RetentionConfig;
  scheduler: SchedulerService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  /** Whether this replica takes part in moving requests. */
  maintains: boolean;
}): Promise<Archive> {
  const { knex, archive, retention } = options;
  if (!archive) return { reporters: [] };
  if (options.maintains) {
    await scheduleArchive({
      ...options,
      exporter: new ArchiveExporter({
        ...options,
        archive,
        rawRetentionMs: retention.rawMs,
      }),
    });
  }
  return {
    reader: new ArchiveReader({ knex, archive }),
    reporters: [
      new ArchiveReporter({ knex, archive, rawRetentionMs: retention.rawMs }),
    ],
  };
}
