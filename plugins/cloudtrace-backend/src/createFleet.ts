import type {
  AuthService,
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { FleetProvider } from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import type { FleetConfig } from './fleet/config';
import { listLinkedScopes } from './fleet/database/listLinkedScopes';
import { pruneFleetHistory } from './fleet/database/pruneFleetHistory';
import type { EnvironmentResolver } from './environments/EnvironmentResolver';
import {
  FailoverMonitor,
  type FailoverScope,
} from './failover/FailoverMonitor';
import { AuthorizedFailoverService } from './failover/AuthorizedFailoverService';
import { DefaultFailoverService } from './failover/DefaultFailoverService';
import type { FailoverService } from './failover/FailoverService';
import { FailoverReader } from './failover/FailoverReader';
import type { LivePublisher } from './live/types';
import type { NotificationsConfig } from './notifications/config';
import { OwnerNotifier } from './notifications/OwnerNotifier';
import type { EntityAccess } from './permissions/EntityAccess';
import type { RequestStore } from './requests/types';
import { AuthorizedFleetStateService } from './fleet/AuthorizedFleetStateService';
import { createCatalogScopes } from './createCatalogScopes';
import { ChangeQueue } from './fleet/ChangeQueue';
import { DefaultFleetStateService } from './fleet/DefaultFleetStateService';
import { FleetCollector } from './fleet/FleetCollector';
import { FleetFreshness } from './fleet/FleetFreshness';
import { FleetReporter } from './fleet/FleetReporter';
import type { FleetStateService } from './fleet/FleetStateService';
import { checkIntervalMs, LeasedTask } from './fleet/LeasedTask';
import type { ReportChanges } from './fleet/storeReport';

/** How far back failover detection searches the history of a new resource. */
const FIRST_LOOK_MS = 14 * 86_400_000;

/** Creates fleet collection and its queries. */
export async function createFleet(options: {
  knex: Knex;
  config: FleetConfig;
  notificationsConfig: NotificationsConfig;
  providers: readonly FleetProvider[];
  store: RequestStore;
  access: EntityAccess;
  environments: EnvironmentResolver;
  live: LivePublisher;
  auth: AuthService;
  catalog: CatalogService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  notifications: NotificationService;
  scheduler: SchedulerService;
}): Promise<{
  service: FleetStateService;
  failovers: FailoverService;
  reporter: FleetReporter;
  /** Detects failovers again; never rejects. */
  checkFailovers: (scope: FailoverScope) => Promise<void>;
}> {
  const { knex, config, providers, store, live, logger } = options;
  const freshness = new FleetFreshness({ providers, gapMs: config.gapMs });
  const notifier = new OwnerNotifier({
    knex,
    config: options.notificationsConfig,
    auth: options.auth,
    catalog: options.catalog,
    notifications: options.notifications,
    logger,
  });
  const monitor = new FailoverMonitor({
    knex,
    store,
    logger,
    async onChanged(scope, changes) {
      live.entityChanged(scope.entityRef, 'fleet');
      await notifier.tellFailovers(scope, changes);
    },
  });

  async function onStored(stored: ReportChanges[]) {
    const news = stored.filter(({ visible }) => visible);
    const links = await listLinkedScopes(
      knex,
      news.map(({ resourceId }) => resourceId),
    );
    const scopes = new Map(
      links.map(({ entityRef, environment }) => [
        `${entityRef}\n${environment}`,
        { entityRef, environment },
      ]),
    );
    for (const scope of scopes.values()) {
      live.entityChanged(scope.entityRef, 'fleet');
      const own = news.filter(({ resourceId }) =>
        links.some(
          link =>
            link.resourceId === resourceId &&
            link.entityRef === scope.entityRef &&
            link.environment === scope.environment,
        ),
      );
      const first = own.some(changes => changes.first);
      const since = first ? new Date(Date.now() - FIRST_LOOK_MS) : undefined;
      await monitor.check(scope, { since });
      await notifier.tellChanges(scope, own);
    }
  }

  const collector = new FleetCollector({
    knex,
    providers,
    scopes: createCatalogScopes(options),
    logger,
    freshness,
    onStored,
  });
  const stopped = new AbortController();
  const queues = providers.map(provider => {
    const queue = new ChangeQueue({
      delayMs: 300,
      refresh: change =>
        collector.refresh(
          provider,
          change,
          AbortSignal.any([
            stopped.signal,
            AbortSignal.timeout(config.timeoutMs),
          ]),
        ),
    });
    provider.subscribe?.(change => queue.add(change));
    return queue;
  });
  options.lifecycle.addShutdownHook(() => {
    stopped.abort();
    for (const queue of queues) queue.stop();
  });

  if (providers.length > 0) {
    const task = new LeasedTask({
      knex,
      name: 'collect-fleet',
      frequencyMs: config.frequencyMs,
      logger,
      async run(signal) {
        const time = AbortSignal.timeout(config.timeoutMs);
        await collector.runCycle(AbortSignal.any([signal, time]));
        await monitor.revisit();
      },
    });
    options.lifecycle.addShutdownHook(() => task.release());
    await options.scheduler.scheduleTask({
      id: 'collect-fleet',
      frequency: { milliseconds: checkIntervalMs(config.frequencyMs) },
      // A cycle has its own time limit; the steps after it are short.
      timeout: { milliseconds: 2 * config.timeoutMs },
      // The lease decides which replica runs: a global task of the scheduler
      // outlives a dead replica by minutes.
      scope: 'local',
      fn: signal => task.check(signal),
    });
  }
  await options.scheduler.scheduleTask({
    id: 'prune-fleet-history',
    frequency: { hours: 6 },
    timeout: { minutes: 30 },
    initialDelay: { minutes: 5 },
    scope: 'global',
    fn: async signal =>
      pruneFleetHistory(knex, { ...config.retention, signal }),
  });

  return {
    service: new AuthorizedFleetStateService(
      new DefaultFleetStateService({
        knex,
        environments: options.environments,
        providers: providers.length,
        freshness,
      }),
      options.access,
    ),
    failovers: new AuthorizedFailoverService(
      new DefaultFailoverService({
        knex,
        environments: options.environments,
        providers: providers.length,
        reader: new FailoverReader({ knex, store }),
      }),
      options.access,
    ),
    reporter: new FleetReporter({ knex, providers, freshness }),
    checkFailovers: scope => monitor.check(scope),
  };
}
