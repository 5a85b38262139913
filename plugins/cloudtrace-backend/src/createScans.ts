import type {
  AuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Router } from 'express';
import type { Knex } from 'knex';
import type { EntityServers } from './database/distribution/ServerPools';
import { expireAll } from './scans/database/expireTriage';
import type { NotificationsConfig } from './notifications/config';
import type { ScansConfig } from './scans/config';
import type { DiagnosticsReporter } from './diagnostics/types';
import type { LivePublisher } from './live/types';
import type { FindingCounter } from './scans/FindingCounter';
import type { EntityAccess } from './permissions/EntityAccess';
import type { RequestValidator } from './schema/RequestValidator';
import type { TimelineSource } from './timeline/types';
import type { TokenRules } from './tokens/TokenRules';
import type { UploadAuthenticator } from './tokens/uploads/types';
import { AuthorizedScanService } from './scans/AuthorizedScanService';
import { countOpenFindings } from './scans/countOpenFindings';
import { DefaultFindingRollupService } from './scans/DefaultFindingRollupService';
import { DefaultScanService } from './scans/DefaultScanService';
import { createScansRouter } from './scans/http/createScansRouter';
import { FindingNotifier } from './scans/FindingNotifier';
import type { ScanImporterRegistry } from './scans/ScanImporterRegistry';
import { ScanImportService } from './scans/ScanImportService';
import type { ScanSourceRegistry } from './scans/ScanSourceRegistry';
import type { FindingRollupService, ScanService } from './scans/ScanService';
import { ScanReporter } from './scans/ScanReporter';
import { createScanSources } from './createScanSources';
import { scheduleScanPruning } from './scans/scheduleScanPruning';
import { ScanTimelineSource } from './scans/ScanTimelineSource';
import { ScanParserPool } from './scans/worker/ScanParserPool';

/** Creates the import and the queries of security scans. */
export async function createScans(options: {
  knex: Knex;
  /** Where entities are stored, for work on all of them. */
  servers: EntityServers;
  /** The same, with a short time limit for pages. */
  pageServers: EntityServers;
  auth: AuthService;
  access: EntityAccess;
  catalog: CatalogService;
  permissions: PermissionsService;
  live: LivePublisher;
  logger: LoggerService;
  config: ScansConfig;
  rootConfig: RootConfigService;
  scheduler: SchedulerService;
  uploads: UploadAuthenticator;
  tokenRules: TokenRules;
  validator: RequestValidator;
  importers: ScanImporterRegistry;
  sources: ScanSourceRegistry;
  notifications: NotificationService;
  notificationsConfig: NotificationsConfig;
}): Promise<{
  /** Accepts uploads and checks their tokens. */
  router: Router;
  service: ScanService;
  rollup: FindingRollupService;
  counter: FindingCounter;
  timelineSource: TimelineSource;
  reporter: DiagnosticsReporter;
  sources: Awaited<ReturnType<typeof createScanSources>>;
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
      await expireAll(options);
    },
  });
  await scheduleScanPruning({
    ...options,
    retention: options.config.retention,
  });
  return {
    router: createScansRouter({
      ...options,
      scans,
      appBaseUrl: options.config.appBaseUrl,
    }),
    service: new AuthorizedScanService(
      new DefaultScanService({
        knex,
        onChanged: entityRef => live.entityChanged(entityRef, 'scans'),
      }),
      options.access,
    ),
    rollup: new DefaultFindingRollupService({
      ...options,
      servers: options.pageServers,
    }),
    counter: countOpenFindings(knex),
    timelineSource: new ScanTimelineSource({ knex }),
    reporter: new ScanReporter(options),
    sources: await createScanSources({ ...options, scans }),
  };
}
