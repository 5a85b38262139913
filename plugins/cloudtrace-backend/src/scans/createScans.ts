import type {
  AuthService,
  LifecycleService,
  LoggerService,
  PermissionsService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { ScanSource } from '@cloudtrace/plugin-cloudtrace-node';
import type { Router } from 'express';
import type { Knex } from 'knex';
import {
  expireTriage,
  listExpired,
} from '../database/operations/scans/expireTriage';
import type { FleetConfig } from '../config/readFleetConfig';
import { readScansConfig } from '../config/readScansConfig';
import type { DiagnosticsReporter } from '../diagnostics/types';
import type { LivePublisher } from '../live/types';
import type { FindingCounter } from '../overview/FindingCounter';
import type { EntityAccess } from '../permissions/EntityAccess';
import type { RequestValidator } from '../schema/RequestValidator';
import type { TimelineSource } from '../timeline/types';
import type { UploadAuthenticator } from '../tokens/uploads/types';
import { AuthorizedScanService } from './AuthorizedScanService';
import { countOpenFindings } from './countOpenFindings';
import { DefaultFindingRollupService } from './DefaultFindingRollupService';
import { DefaultScanService } from './DefaultScanService';
import { createScansRouter } from './http/createScansRouter';
import { FindingNotifier } from './FindingNotifier';
import type { ScanImporterRegistry } from './ScanImporterRegistry';
import { ScanImportService } from './ScanImportService';
import type { FindingRollupService, ScanService } from './ScanService';
import { ScanReporter } from './ScanReporter';
import { createScanSources } from './sources/modules/createScanSources';
import { createSonarqube } from './sources/sonarqube/createSonarqube';
import type { SonarqubeInstance } from './sources/sonarqube/readSonarqubeConfig';
import { scheduleScanPruning } from './scheduleScanPruning';
import { ScanTimelineSource } from './ScanTimelineSource';
import { createSnyk } from './sources/snyk/createSnyk';
import { ScanParserPool } from './worker/ScanParserPool';

/** Sets up security scans. */
export async function createScans(options: {
  knex: Knex;
  auth: AuthService;
  access: EntityAccess;
  catalog: CatalogService;
  permissions: PermissionsService;
  lifecycle: LifecycleService;
  live: LivePublisher;
  logger: LoggerService;
  rootConfig: RootConfigService;
  scheduler: SchedulerService;
  uploads: UploadAuthenticator;
  validator: RequestValidator;
  importers: ScanImporterRegistry;
  /** Sources that modules added. */
  sources: readonly ScanSource[];
  notifications: NotificationService;
  notificationsConfig: FleetConfig['notifications'];
  sonarqube: readonly SonarqubeInstance[];
}): Promise<{
  /** Takes uploads; checks tokens itself. */
  router: Router;
  service: ScanService;
  rollup: FindingRollupService;
  counter: FindingCounter;
  timelineSource: TimelineSource;
  reporter: DiagnosticsReporter;
  /** Absent if it is not configured. */
  snyk: Awaited<ReturnType<typeof createSnyk>>;
  sonarqube: { router: Router; reporter: DiagnosticsReporter };
  sourceReporters: DiagnosticsReporter[];
}> {
  const { knex, live, logger } = options;
  const notifier = new FindingNotifier({
    ...options,
    config: options.notificationsConfig,
  });
  const scans = new ScanImportService({
    knex,
    logger,
    parser: new ScanParserPool(),
    listener: {
      async onImported(entityRef, alarming) {
        live.entityChanged(entityRef, 'scans');
        await notifier.tell(entityRef, alarming);
      },
    },
  });
  await options.scheduler.scheduleTask({
    id: 'cloudtrace-expire-triage',
    frequency: { minutes: 10 },
    timeout: { minutes: 5 },
    initialDelay: { minutes: 1 },
    async fn() {
      for (const entityId of await listExpired(knex)) {
        await expireTriage(knex, entityId);
      }
    },
  });
  await scheduleScanPruning({
    ...options,
    retention: readScansConfig(options.rootConfig).retention,
  });
  return {
    router: createScansRouter({
      ...options,
      scans,
      appBaseUrl: options.rootConfig.getOptionalString('app.baseUrl'),
    }),
    service: new AuthorizedScanService(
      new DefaultScanService({
        knex,
        onChanged: entityRef => live.entityChanged(entityRef, 'scans'),
      }),
      options.access,
    ),
    rollup: new DefaultFindingRollupService(options),
    counter: countOpenFindings(knex),
    timelineSource: new ScanTimelineSource({ knex }),
    reporter: new ScanReporter({ knex }),
    snyk: await createSnyk({ ...options, scans }),
    sonarqube: await createSonarqube({
      ...options,
      scans,
      instances: options.sonarqube,
    }),
    sourceReporters: await createScanSources({ ...options, scans }),
  };
}
