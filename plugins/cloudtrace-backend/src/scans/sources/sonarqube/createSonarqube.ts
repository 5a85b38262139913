import type {
  AuthService,
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Router } from 'express';
import type { Knex } from 'knex';
import type { DiagnosticsReporter } from '../../../diagnostics/types';
import type { LivePublisher } from '../../../live/types';
import type { RequestValidator } from '../../../schema/RequestValidator';
import type { ScanImportService } from '../../ScanImportService';
import { createSonarqubeRouter } from '../../http/createSonarqubeRouter';
import type { SonarqubeInstance } from './readSonarqubeConfig';
import { SonarqubeClient } from './SonarqubeClient';
import { SonarqubeEntities } from './SonarqubeEntities';
import { SonarqubeReporter } from './SonarqubeReporter';
import { SonarqubeSync } from './SonarqubeSync';

/** Sets up reading SonarQube: a task for each instance, and the webhook. */
export async function createSonarqube(options: {
  knex: Knex;
  auth: AuthService;
  catalog: CatalogService;
  lifecycle: LifecycleService;
  live: LivePublisher;
  logger: LoggerService;
  scans: ScanImportService;
  validator: RequestValidator;
  scheduler: SchedulerService;
  instances: readonly SonarqubeInstance[];
}): Promise<{
  /** Takes webhooks; checks signatures itself. */
  router: Router;
  reporter: DiagnosticsReporter;
}> {
  const { instances, scheduler, lifecycle } = options;
  const shutdown = new AbortController();
  lifecycle.addShutdownHook(() => shutdown.abort());
  const sync = new SonarqubeSync({
    ...options,
    entities: new SonarqubeEntities(options),
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
  return {
    router: createSonarqubeRouter({ ...options, sync }),
    reporter: new SonarqubeReporter(options),
  };
}
