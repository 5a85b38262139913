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
import { createSonarqubeWebhook } from './createSonarqubeWebhook';
import type { SonarqubeInstance } from './readSonarqubeConfig';
import { SonarqubeClient } from './SonarqubeClient';
import { SonarqubeEntities } from './SonarqubeEntities';
import { SonarqubeReporter } from './SonarqubeReporter';
import { SonarqubeSync } from './SonarqubeSync';

/** What the connector needs from Backstage. */
export interface SonarqubeServices {
  auth: AuthService;
  catalog: CatalogService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  scheduler: SchedulerService;
}

/** Reads SonarQube: each instance on its schedule, and a project when a webhook names it. */
export class SonarqubeConnector implements ScanConnector {
  readonly id = 'sonarqube';
  readonly title = 'SonarQube';
  readonly #instances: readonly SonarqubeInstance[];
  readonly #services: SonarqubeServices;

  constructor(
    instances: readonly SonarqubeInstance[],
    services: SonarqubeServices,
  ) {
    this.#instances = instances;
    this.#services = services;
  }

  async connect(store: ScanStore): Promise<ScanConnection> {
    const instances = this.#instances;
    const { lifecycle, logger, scheduler } = this.#services;
    const shutdown = new AbortController();
    lifecycle.addShutdownHook(() => shutdown.abort());
    const sync = new SonarqubeSync({
      store,
      logger,
      entities: new SonarqubeEntities({ ...this.#services, instances }),
      instances: new Map(
        instances.map(instance => [
          instance.name,
          { instance, client: new SonarqubeClient(instance, shutdown.signal) },
        ]),
      ),
    });
    for (const { name, schedule } of instances) {
      await scheduler.scheduleTask({
        ...schedule,
        id: `cloudtrace-sonarqube-${name}`,
        fn: signal => sync.pullAll(name, signal as AbortSignal),
      });
    }
    const reporter = new SonarqubeReporter({ store, instances });
    return {
      webhook: createSonarqubeWebhook({ instances, sync }),
      report: scope => reporter.report(scope),
    };
  }
}
