import type {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ScanSource } from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import type { DiagnosticsReporter } from './diagnostics/types';
import { CatalogScopes } from './environments/CatalogScopes';
import type { ScanImporterRegistry } from './scans/ScanImporterRegistry';
import type { ScanImportService } from './scans/ScanImportService';
import { ScanSourcePuller } from './scans/sources/modules/ScanSourcePuller';
import { ScanSourceReporter } from './scans/sources/modules/ScanSourceReporter';

/** Schedules the sources that modules added; returns what reports on them. */
export async function createScanSources(options: {
  knex: Knex;
  auth: AuthService;
  catalog: CatalogService;
  importers: ScanImporterRegistry;
  logger: LoggerService;
  scans: ScanImportService;
  scheduler: SchedulerService;
  sources: readonly ScanSource[];
}): Promise<DiagnosticsReporter[]> {
  const catalogScopes = new CatalogScopes({ ...options, cacheMs: 60_000 });
  for (const source of options.sources) {
    const puller = new ScanSourcePuller({ ...options, catalogScopes, source });
    await options.scheduler.scheduleTask({
      id: `cloudtrace-scan-source-${source.id}`,
      ...source.schedule,
      fn: signal => puller.pull(signal),
    });
  }
  return options.sources.map(
    source => new ScanSourceReporter({ knex: options.knex, source }),
  );
}
