import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  MINUTE_MS,
  type FleetReport,
  type FleetResource,
  type FleetTarget,
} from '@cloudtrace/plugin-cloudtrace-common';
import {
  fleetProvidersExtensionPoint,
  type FleetChange,
  type FleetProvider,
} from '@cloudtrace/plugin-cloudtrace-node';
import request from 'supertest';
import { asUser, startCloudtraceBackend, testEntity } from './backend';
import { startTestPostgres, type TestDatabases } from './createTestDatabase';

export const ENTITY_REF = 'component:default/shop';
/** Path of the entity in the API. */
export const BASE = '/api/cloudtrace/v1/entities/component/default/shop';

export const group: FleetResource = {
  provider: 'fake',
  id: 'group/shop',
  type: 'auto-scaling-group',
  name: 'shop',
  consoleUrl: 'https://console.example/shop',
};
export const targetGroup: FleetResource = {
  provider: 'fake',
  id: 'targets/shop',
  type: 'target-group',
  name: 'shop targets',
  // Never shown as a link.
  consoleUrl: 'javascript:alert(1)',
};
export const database: FleetResource = {
  provider: 'fake',
  id: 'db/shop',
  type: 'db-instance',
  name: 'shop database',
};

/** A provider whose next responses are set by the test. */
export class FakeProvider implements FleetProvider {
  readonly id = 'fake';
  readonly title = 'Fake cloud';
  change: (change: FleetChange) => void = () => {};
  reports = new Map<string, Partial<FleetReport>>();
  locateError: Error | undefined;
  /** Ids of the resources that `locate` does not find. */
  missing = new Set<string>();
  /** Ids of those that do not exist. */
  deleted = new Set<string>();
  collected: string[][] = [];
  since: Array<Date | undefined> = [];
  activitiesSince: Array<Date | undefined> = [];

  async locate(scopes: Parameters<FleetProvider['locate']>[0]) {
    if (this.locateError) throw this.locateError;
    return {
      locations: scopes
        .filter(scope => scope.entityRef === ENTITY_REF)
        .flatMap(({ entityRef: ref, environment }) =>
          [group, targetGroup, database]
            .filter(({ id }) => !this.missing.has(id))
            .map(resource => ({
              scope: { entityRef: ref, environment },
              resource,
              locator: 'annotation' as const,
              detail: 'cloudtrace.io/auto-scaling-group: shop',
            })),
        ),
      problems: scopes
        .filter(scope => scope.entityRef.endsWith('/other'))
        .map(({ entityRef: ref, environment }) => ({
          code: 'not-linked' as const,
          message: 'The group does not carry the tag of this entity',
          nextStep: 'Tag it',
          scope: { entityRef: ref, environment },
        })),
    };
  }

  async collect(
    resources: FleetResource[],
    options: Parameters<FleetProvider['collect']>[1],
  ): Promise<FleetReport[]> {
    this.collected.push(resources.map(({ id }) => id));
    this.since = resources.map(resource => options.since(resource));
    this.activitiesSince = resources.map(resource =>
      options.since(resource, 'activities'),
    );
    return resources.flatMap(resource => {
      const report = this.reports.get(resource.id);
      return report
        ? [
            {
              resource,
              observedAt: new Date().toISOString(),
              problems: [],
              ...report,
            },
          ]
        : [];
    });
  }

  findDeleted(resources: FleetResource[]) {
    return resources.filter(({ id }) => this.deleted.has(id));
  }

  subscribe(onChange: (change: FleetChange) => void) {
    this.change = onChange;
  }
}

/** A target on port 80 of an instance. */
export function target(
  name: string,
  zone: string,
  state: FleetTarget['state'],
  more: Partial<FleetTarget> = {},
): FleetTarget {
  return { targetId: `${name}:80`, instanceId: name, zone, state, ...more };
}

/** Waits for a condition that will soon be true. */
export async function until(check: () => Promise<boolean>) {
  const deadline = Date.now() + 10_000;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error('It did not happen');
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** The time some minutes ago, as reports give times. */
export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * MINUTE_MS).toISOString();
}

/**
 * Prepares a test file for {@link startFleetBackend}.
 *
 * @returns what starts a backend, with a database of its own, on the server of the file
 */
export function useFleetBackends() {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());
  return (other?: Parameters<typeof startFleetBackend>[1]) =>
    startFleetBackend(databases, other);
}

/**
 * Starts the backend with a fleet that has a group of three instances behind a
 * target group, and a database. Resolves when the first reports are stored.
 */
export async function startFleetBackend(
  databases: TestDatabases,
  /** Reports by the id of their resource, which replace the default ones. */
  other: Record<string, Partial<FleetReport>> = {},
  /** Added to the backend. */
  more: Pick<
    Parameters<typeof startCloudtraceBackend>[0],
    'config' | 'features' | 'policy'
  > = {},
) {
  const testDatabase = await databases.createTestDatabase();
  const provider = new FakeProvider();
  const now = Date.now();
  const start = now - 40 * MINUTE_MS;
  const ago = (minutes: number) => new Date(now - minutes * MINUTE_MS);
  provider.reports.set(group.id, {
    group: {
      name: 'shop',
      capacity: { min: 2, desired: 3, max: 3, inService: 3 },
      policies: [
        {
          name: 'cpu',
          kind: 'target-tracking',
          enabled: true,
          metricSeriesId: 'cpu-utilization',
          targetValue: 60,
        },
      ],
      scheduledActions: [],
      suspendedProcesses: ['ReplaceUnhealthy'],
    },
    instances: ['a', 'b', 'c'].map(instanceId => ({
      instanceId,
      state: 'in-service' as const,
    })),
    activities: [
      {
        activityId: '1',
        kind: 'launch',
        status: 'successful',
        startedAt: ago(30).toISOString(),
        endedAt: ago(29).toISOString(),
        causeKind: 'policy',
        alarmName: 'cpu-high',
        metricValue: 74.2,
        threshold: 70,
        comparison: '>',
        unit: '%',
        fromCapacity: 2,
        toCapacity: 3,
        instanceIds: ['c'],
      },
      {
        activityId: '2',
        kind: 'launch',
        status: 'failed',
        startedAt: ago(20).toISOString(),
        causeKind: 'unknown',
        cause: 'A user asked for it',
        message: 'InsufficientInstanceCapacity',
      },
    ],
    metrics: [
      {
        seriesId: 'cpu-utilization',
        label: 'CPU',
        unit: '%',
        statistic: 'average',
        periodMs: MINUTE_MS,
        times: [ago(3), ago(2), ago(1)].map(t => t.toISOString()),
        values: [50, null, 70],
      },
      {
        seriesId: 'requests',
        label: 'Requests',
        unit: '1',
        statistic: 'Sum',
        periodMs: MINUTE_MS,
        times: [ago(3), ago(2), ago(1)].map(t => t.toISOString()),
        values: [100, 20, 3],
      },
    ],
    alarms: [{ name: 'cpu-high', state: 'ok' }],
  });
  provider.reports.set(targetGroup.id, {
    targets: [
      target('a', 'z1', 'healthy', { since: new Date(start).toISOString() }),
      target('b', 'z1', 'healthy', { since: new Date(start).toISOString() }),
      target('c', 'z2', 'healthy', { since: new Date(start).toISOString() }),
    ],
    healthCheck: {
      protocol: 'HTTP',
      path: '/health',
      intervalMs: 10_000,
      timeoutMs: 5_000,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    },
  });
  provider.reports.set(database.id, { databaseEvents: [] });
  for (const [id, report] of Object.entries(other)) {
    provider.reports.set(id, report);
  }

  const backend = await startCloudtraceBackend({
    database: testDatabase,
    config: more.config,
    policy: more.policy,
    entities: [
      testEntity('shop', {
        metadata: {
          name: 'shop',
          annotations: { 'cloudtrace.io/environments': 'production' },
        },
      }),
      testEntity('other'),
    ],
    features: [
      createBackendModule({
        pluginId: 'cloudtrace',
        moduleId: 'fake',
        register(env) {
          env.registerInit({
            deps: { providers: fleetProvidersExtensionPoint },
            async init({ providers }) {
              providers.addProvider(provider);
            },
          });
        },
      }),
      ...(more.features ?? []),
    ],
  });
  const get = async (path: string, query: object = {}) => {
    const { status, body } = await request(backend.server)
      .get(`${BASE}${path}`)
      .set(asUser())
      .query(query);
    return { ...body, status };
  };
  await until(async () => (await get('/health')).availability === 'data');
  /** Makes the provider collect again and waits until the reports are stored. */
  const refresh = async (...resources: FleetResource[]) => {
    const before = provider.collected.length;
    provider.change({ resourceIds: resources.map(({ id }) => id) });
    await until(async () => provider.collected.length > before);
    // Waits also for the consequences of what was stored.
    await new Promise(resolve => setTimeout(resolve, 400));
  };
  const { knex } = testDatabase;
  return { ...backend, backend, provider, knex, get, refresh, ago };
}
