import type {
  AuthService,
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  ScanConnection,
  ScanConnector,
  ScanStore,
} from '@cloudtrace/plugin-cloudtrace-node';
import { createSnykWebhook } from './createSnykWebhook';
import { ProjectQueue } from './ProjectQueue';
import type { SnykConfig } from './readSnykConfig';
import { SnykClient } from './SnykClient';
import { SnykEntities } from './SnykEntities';
import { SnykPuller } from './SnykPuller';
import { SnykReporter } from './SnykReporter';

/** What the connector needs from Backstage. */
export interface SnykServices {
  auth: AuthService;
  catalog: CatalogService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  scheduler: SchedulerService;
}

/** Pulls issues from Snyk on a schedule, and when a webhook names a project. */
export class SnykConnector implements ScanConnector {
  readonly id = 'snyk';
  readonly title = 'Snyk';
  readonly #config: SnykConfig;
  readonly #services: SnykServices;

  constructor(config: SnykConfig, services: SnykServices) {
    this.#config = config;
    this.#services = services;
  }

  async connect(store: ScanStore): Promise<ScanConnection> {
    const { orgs, schedule, webhookSecrets: secrets } = this.#config;
    const { lifecycle, logger, scheduler } = this.#services;
    const puller = new SnykPuller({
      store,
      logger,
      client: new SnykClient(this.#config),
      entities: new SnykEntities({ ...this.#services, orgs }),
    });
    const queue = new ProjectQueue({
      logger,
      pull: ({ orgId, projectId }, signal) =>
        puller.pullProject(orgId, projectId, signal),
    });
    lifecycle.addShutdownHook(() => queue.stop());
    await scheduler.scheduleTask({
      id: 'cloudtrace-snyk',
      ...schedule,
      fn: signal => puller.pullAll(signal),
    });
    const reporter = new SnykReporter({ store, orgs });
    return {
      webhook:
        secrets.length > 0
          ? createSnykWebhook({ secrets, orgs, queue })
          : undefined,
      report: scope => reporter.report(scope),
    };
  }
}
