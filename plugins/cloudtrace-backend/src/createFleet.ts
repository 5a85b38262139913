import { setTimeout as delay } from 'node:timers/promises';
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
import { pruneFleetHistory } from './fleet/database/pruneFleetHistory';
import { pruneReportedEvents } from './events/database/pruneReportedEvents';
import type { EnvironmentResolver } from './environments/EnvironmentResolver';
import { pruneFailovers } from './failover/database/pruneFailovers';
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
import { pruneNotifications } from './notifications/database/pruneNotifications';
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
import { ReactionQueue } from './fleet/ReactionQueue';
import { scheduleLeasedTask } from './periodic/scheduleLeasedTask';

/** How far back failover detection searches the history of a new resource. */
const FIRST_LOOK_MS = 14 * 86_400_000;
/** How long a shutdown waits for reactions, such as notifications. */
const SHUTDOWN_MS = 5_000;

/** Dependencies of the fleet. */
interface FleetDeps {
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
}

/** What the fleet provides to the rest of the backend. */
interface Fleet {
  service: FleetStateService;
  failovers: FailoverService;
  reporter: FleetReporter;
  freshness: FleetFreshness;
  /** Detects failovers again; never rejects. */
  checkFailovers: (scope: FailoverScope) => Promise<void>;
}

/** Creates fleet collection and its queries. */
export async function createFleet(deps: FleetDeps): Promise<Fleet> {
  const { knex, config, store, live, logger } = deps;
  const providers = deps.providers.filter(provider => !provider.notConfigured);
  const freshness = new FleetFreshness({ providers, gapMs: config.gapMs });
  const notifier = new OwnerNotifier({
    ...deps,
    config: deps.notificationsConfig,
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
  const reactions = new ReactionQueue({
    knex,
    logger,
    onNews: ({ entityRef }) => live.entityChanged(entityRef, 'fleet'),
    async react(scope, changes) {
      const first = changes.some(change => change.first);
      const since = first ? new Date(Date.now() - FIRST_LOOK_MS) : undefined;
      await monitor.check(scope, { since });
      await notifier.tellChanges(scope, changes);
    },
  });
  deps.lifecycle.addShutdownHook(() =>
    Promise.race([
      reactions.drained(),
      delay(SHUTDOWN_MS, undefined, { ref: false }),
    ]),
  );
  const collector = new FleetCollector({
    knex,
    providers,
    scopes: createCatalogScopes(deps),
    logger,
    freshness,
    onStored: changes => reactions.add(changes),
  });
  refreshOnChanges({ ...deps, providers }, collector);
  if (providers.length > 0) await scheduleCollection(deps, collector, monitor);
  await schedulePruning(deps);

  const { access, environments } = deps;
  return {
    service: new AuthorizedFleetStateService(
      new DefaultFleetStateService({
        knex,
        environments,
        providers: providers.length,
        freshness,
      }),
      access,
    ),
    failovers: new AuthorizedFailoverService(
      new DefaultFailoverService({
        knex,
        environments,
        providers: providers.length,
        reader: new FailoverReader({ knex, store }),
      }),
      access,
    ),
    reporter: new FleetReporter({
      knex,
      providers: deps.providers,
      freshness,
    }),
    freshness,
    checkFailovers: scope => monitor.check(scope),
  };
}

/** Refreshes what providers report as changed, without waiting for the next cycle. */
function refreshOnChanges(
  { providers, config, lifecycle }: FleetDeps,
  collector: FleetCollector,
): void {
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
  lifecycle.addShutdownHook(() => {
    stopped.abort();
    for (const queue of queues) queue.stop();
  });
}

async function scheduleCollection(
  { knex, config, logger, lifecycle, scheduler }: FleetDeps,
  collector: FleetCollector,
  monitor: FailoverMonitor,
): Promise<void> {
  await scheduleLeasedTask({
    knex,
    scheduler,
    lifecycle,
    logger,
    name: 'collect-fleet',
    frequencyMs: config.frequencyMs,
    // A cycle has its own time limit; the steps after it are short.
    timeoutMs: 2 * config.timeoutMs,
    async run(signal) {
      const time = AbortSignal.timeout(config.timeoutMs);
      await collector.runCycle(AbortSignal.any([signal, time]));
      await monitor.revisit();
    },
  });
}

/** Deletes the history of the fleet and of the areas that share its retention. */
async function schedulePruning({
  knex,
  config,
  scheduler,
}: FleetDeps): Promise<void> {
  const { metricsMs, historyMs } = config.retention;
  await scheduler.scheduleTask({
    id: 'prune-fleet-history',
    frequency: { hours: 6 },
    timeout: { minutes: 30 },
    initialDelay: { minutes: 5 },
    scope: 'global',
    async fn(signal) {
      const metricsBefore = new Date(Date.now() - metricsMs);
      const historyBefore = new Date(Date.now() - historyMs);
      await pruneFleetHistory(knex, { metricsBefore, historyBefore, signal });
      await pruneFailovers(knex, { before: historyBefore, signal });
      await pruneReportedEvents(knex, { before: historyBefore, signal });
      await pruneNotifications(knex, { before: metricsBefore, signal });
    },
  });
}
