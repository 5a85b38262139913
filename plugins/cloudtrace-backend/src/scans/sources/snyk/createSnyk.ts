import type {
  AuthService,
  LifecycleService,
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Router } from 'express';
import type { Knex } from 'knex';
import type { DiagnosticsReporter } from '../../../diagnostics/types';
import type { RequestValidator } from '../../../schema/RequestValidator';
import type { ScanImportService } from '../../ScanImportService';
import { createSnykRouter } from '../../http/createSnykRouter';
import { ProjectQueue } from './ProjectQueue';
import { readSnykConfig } from './readSnykConfig';
import { SnykClient } from './SnykClient';
import { SnykEntities } from './SnykEntities';
import { SnykPuller } from './SnykPuller';
import { SnykReporter } from './SnykReporter';

/** Sets up Snyk as a source of scans; `undefined` if it is not configured. */
export async function createSnyk(options: {
  knex: Knex;
  auth: AuthService;
  catalog: CatalogService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  rootConfig: RootConfigService;
  scheduler: SchedulerService;
  scans: ScanImportService;
  validator: RequestValidator;
}): Promise<
  | {
      /** Takes webhooks; checks their signature itself. `undefined` without secrets. */
      router: Router | undefined;
      reporter: DiagnosticsReporter;
    }
  | undefined
> {
  const config = readSnykConfig(options.rootConfig);
  if (!config) return undefined;
  const { logger } = options;
  const puller = new SnykPuller({
    ...options,
    client: new SnykClient(config),
    entities: new SnykEntities({ ...options, orgs: config.orgs }),
  });
  const queue = new ProjectQueue({
    logger,
    pull: ({ orgId, projectId }, signal) =>
      puller.pullProject(orgId, projectId, signal),
  });
  options.lifecycle.addShutdownHook(() => queue.stop());
  await options.scheduler.scheduleTask({
    id: 'cloudtrace-snyk',
    ...config.schedule,
    fn: signal => puller.pullAll(signal),
  });
  return {
    router:
      config.webhookSecrets.length > 0
        ? createSnykRouter({
            ...options,
            secrets: config.webhookSecrets,
            orgs: config.orgs,
            queue,
          })
        : undefined,
    reporter: new SnykReporter({ knex: options.knex, orgs: config.orgs }),
  };
}
