import { createBackendModule } from '@backstage/backend-plugin-api';
import type {
  FleetReport,
  FleetResource,
  FleetTarget,
} from '@cloudtrace/plugin-cloudtrace-common';
import {
  fleetProvidersExtensionPoint,
  type FleetChange,
  type FleetProvider,
} from '@cloudtrace/plugin-cloudtrace-node';
import request from 'supertest';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../testUtils/backend';
import { seedRequests } from '../testUtils/seedRequests';

jest.setTimeout(120_000);

const entityRef = 'component:default/shop';
const base = '/api/cloudtrace/v1/entities/component/default/shop';
const minuteMs = 60_000;

const group: FleetResource = {
  provider: 'fake',
  id: 'group/shop',
  type: 'auto-scaling-group',
  name: 'shop',
  consoleUrl: 'https://console.example/shop',
};
const targetGroup: FleetResource = {
  provider: 'fake',
  id: 'targets/shop',
  type: 'target-group',
  name: 'shop targets',
  // Never shown as a link.
  consoleUrl: 'javascript:alert(1)',
};
const database: FleetResource = {
  provider: 'fake',
  id: 'db/shop',
  type: 'db-instance',
  name: 'shop database',
};

/** A provider whose next answers the test chooses. */
class FakeProvider implements FleetProvider {
  readonly id = 'fake';
  readonly title = 'Fake cloud';
  change: (change: FleetChange) => void = () => {};
  reports = new Map<string, Partial<FleetReport>>();
  locateError: Error | undefined;
  collected: string[][] = [];
  since: Array<Date | undefined> = [];

  async locate(scopes: Parameters<FleetProvider['locate']>[0]) {
    if (this.locateError) throw this.locateError;
    return {
      locations: scopes
        .filter(scope => scope.entityRef === entityRef)
        .flatMap(({ entityRef: ref, environment }) =>
          [group, targetGroup, database].map(resource => ({
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
    this.since = resources.map(options.since);
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

  subscribe(onChange: (change: FleetChange) => void) {
    this.change = onChange;
  }
}

function target(
  name: string,
  zone: string,
  state: FleetTarget['state'],
  more: Partial<FleetTarget> = {},
): FleetTarget {
  return { targetId: `${name}:80`, instanceId: name, zone, state, ...more };
}

async function until(check: () => Promise<boolean>) {
  const deadline = Date.now() + 10_000;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error('It did not happen');
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

describe('fleet', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());

  async function setUp(other: Record<string, Partial<FleetReport>> = {}) {
    const testDatabase = await databases.createTestDatabase();
    const provider = new FakeProvider();
    const start = Date.now() - 40 * minuteMs;
    const ago = (minutes: number) => new Date(Date.now() - minutes * minuteMs);
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
          periodMs: minuteMs,
          times: [ago(3), ago(2), ago(1)].map(t => t.toISOString()),
          values: [50, null, 70],
        },
        {
          seriesId: 'requests',
          label: 'Requests',
          unit: '1',
          statistic: 'Sum',
          periodMs: minuteMs,
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
      ],
    });
    const get = async (path: string, query: object = {}) => {
      const { status, body } = await request(backend.server)
        .get(`${base}${path}`)
        .set(asUser())
        .query(query);
      return { ...body, status };
    };
    await until(async () => (await get('/health')).availability === 'data');
    /** Lets the provider look again and waits until it is stored. */
    const refresh = async (...resources: FleetResource[]) => {
      const before = provider.collected.length;
      provider.change({ resourceIds: resources.map(({ id }) => id) });
      await until(async () => provider.collected.length > before);
      // Stored, and what follows from it, too.
      await new Promise(resolve => setTimeout(resolve, 400));
    };
    const { knex } = testDatabase;
    return { ...backend, backend, provider, knex, get, refresh, ago };
  }

  it('collects, stores once, and answers for health, scaling and metrics', async () => {
    const { backend, provider, knex, get, refresh } = await setUp();
    const counts = async () => {
      const tables = [
        'fleet_target_states',
        'fleet_capacity',
        'fleet_activities',
        'fleet_metrics',
        'fleet_instances',
      ];
      const { rows } = await knex.raw(
        `SELECT ${tables.map(t => `(SELECT count(*)::int FROM ${t}) AS ${t}`)}`,
      );
      return rows[0];
    };
    expect(await counts()).toEqual({
      fleet_target_states: 3,
      fleet_capacity: 1,
      fleet_activities: 2,
      fleet_metrics: 5,
      fleet_instances: 3,
    });
    const stored = await counts();
    await refresh(group, targetGroup);
    expect(await counts()).toEqual(stored);
    expect(provider.since[0]).toBeInstanceOf(Date);

    const health = await get('/health');
    expect(health.status).toBe(200);
    expect(health).toMatchObject({
      environment: 'production',
      availability: 'data',
      groups: [
        {
          resource: { name: 'shop targets', type: 'target-group' },
          healthy: 3,
          total: 3,
          desired: 3,
          availability: 1,
          healthCheck: { path: '/health', unhealthyAfterMs: 35_000 },
          zones: [
            { zone: 'z1', targets: 2, healthy: 2, availability: 1 },
            { zone: 'z2', targets: 1, healthy: 1, availability: 1 },
          ],
        },
      ],
      notices: [],
    });
    expect(health.groups[0].resource.consoleUrl).toBeUndefined();
    expect(health.groups[0].targets[0]).toMatchObject({
      targetId: 'a:80',
      instanceId: 'a',
      state: 'healthy',
      flapping: false,
      intervals: [{ state: 'healthy' }],
    });

    const scaling = await get('/scaling');
    expect(scaling.groups).toHaveLength(1);
    expect(scaling.groups[0]).toMatchObject({
      limit: 'at-max',
      capacity: { min: 2, desired: 3, max: 3, inService: 3 },
      suspendedProcesses: [
        {
          name: 'ReplaceUnhealthy',
          explanation: 'Unhealthy instances are not replaced',
        },
      ],
      drivers: [
        {
          seriesId: 'cpu-utilization',
          thresholds: [{ value: 60, label: 'cpu: target' }],
        },
      ],
      activities: { total: 2, failed: 1, scaleOut: 2, scaleIn: 0 },
    });
    expect(scaling.groups[0].drivers[0].points).toHaveLength(2);
    expect(scaling.groups[0].capacitySeries.length).toBeGreaterThan(0);

    const first = await get('/scaling/activities', { limit: 1 });
    expect(first).toMatchObject({
      total: 2,
      items: [
        {
          status: 'failed',
          summary: 'A user asked for it',
          nextStep: 'Allow more instance types or zones, or try again later',
        },
      ],
    });
    const second = await get('/scaling/activities', {
      limit: 1,
      cursor: first.nextCursor,
    });
    expect(second.nextCursor).toBeUndefined();
    expect(second.items[0]).toMatchObject({
      summary: 'Alarm cpu-high: 74.2 % > 70 % → +1 (2 → 3)',
      durationMs: 60_000,
    });
    const failedOnly = await get('/scaling/activities', { status: 'failed' });
    expect(failedOnly.total).toBe(1);
    expect(await get('/scaling/activities', { cursor: 'x' })).toMatchObject({
      status: 400,
    });

    const metrics = await get('/metrics');
    expect(metrics.sets).toMatchObject([
      { id: 'auto-scaling-group', title: 'Auto scaling group' },
    ]);
    // Points that share a wide step are added up, so that none is lost.
    const month = await get('/metrics', {
      from: new Date(Date.now() - 30 * 24 * 60 * minuteMs).toISOString(),
    });
    const requestCounts = month.sets[0].series.find(
      (s: any) => s.seriesId === 'requests',
    ).points;
    expect(requestCounts.length).toBeLessThan(3);
    expect(
      requestCounts.reduce((sum: number, p: any) => sum + p.value, 0),
    ).toBe(123);
    await backend.stop();
  });

  it('follows a failure from the health check to the failover and its end, and tells the owner once', async () => {
    const { backend, provider, knex, get, refresh, notify, signals, ago } =
      await setUp();
    // Requests before, and none on c since three minutes.
    const requests = [];
    for (let minute = 20; minute > 0; minute -= 1) {
      for (let i = 0; i < 30; i += 1) {
        const instance = ['a', 'b', 'c'][i % 3];
        if (instance === 'c' && minute <= 2) continue;
        requests.push({
          startedAt: new Date(+ago(minute) + i),
          instance,
          zone: instance === 'c' ? 'z2' : 'z1',
          status: instance === 'c' && minute === 3 ? 502 : 200,
        });
      }
    }
    await seedRequests(
      knex,
      { entityRef, environment: 'production' },
      requests,
    );

    signals.mockClear();
    provider.reports.set(targetGroup.id, {
      targets: [
        target('a', 'z1', 'healthy'),
        target('b', 'z1', 'healthy'),
        target('c', 'z2', 'unhealthy', {
          reasonCode: 'Target.Timeout',
          reason: 'Request timed out',
          since: ago(2).toISOString(),
        }),
      ],
    });
    await refresh(targetGroup);
    const health = await get('/health');
    expect(health.groups[0]).toMatchObject({ healthy: 2, total: 3 });
    expect(health.groups[0].targets[0]).toMatchObject({
      targetId: 'c:80',
      state: 'unhealthy',
      reason: {
        summary: 'The health check got no answer in time',
        nextStep: expect.any(String),
        code: 'Target.Timeout',
      },
    });
    expect(health.transitions[0]).toMatchObject({
      targetId: 'c:80',
      from: 'healthy',
      to: 'unhealthy',
    });
    // A ping so soon after another one comes at the end of its two seconds.
    const { liveChannel } = await get('/environments');
    await until(async () =>
      signals.mock.calls.some(
        ([{ channel, message }]) =>
          channel === liveChannel && Object.keys(message).length === 0,
      ),
    );

    const failovers = await get('/failovers');
    expect(failovers).toMatchObject({
      total: 1,
      statistics: { count: 1, ongoing: 1, unplanned: 1 },
      items: [
        {
          subject: { kind: 'instance', key: 'c', zone: 'z2' },
          ongoing: true,
          planned: 'no',
        },
      ],
    });
    const [episode] = failovers.items;
    expect(episode.impact.requestsFailed).toBeGreaterThanOrEqual(9);
    expect(episode.impact.requestsShifted).toBeGreaterThan(0);
    expect(episode.timeToDetectMs).toBeGreaterThan(0);

    provider.reports.set(targetGroup.id, {
      targets: ['a', 'b', 'd'].map(name =>
        target(name, name === 'd' ? 'z2' : 'z1', 'healthy'),
      ),
    });
    await refresh(targetGroup);
    const after = await get('/failovers');
    expect(after.items[0]).toMatchObject({
      failoverId: episode.failoverId,
      ongoing: false,
      recoveredAt: expect.any(String),
    });
    const details = await get(`/failovers/${episode.failoverId}`);
    expect(details.status).toBe(200);
    expect(details.steps.map((s: any) => s.kind).sort()).toEqual([
      'began',
      'detected',
      'recovered',
      'shifted',
    ]);
    expect(details.zoneSeries.map((s: any) => s.key)).toEqual(['z1', 'z2']);
    expect(await get(`/failovers/${'0'.repeat(32)}`)).toMatchObject({
      status: 404,
    });

    expect(notify.mock.calls.map(([{ payload }]) => payload.title)).toEqual([
      'shop (production): Failover of instance c',
      'shop (production): c is unhealthy',
    ]);
    const gone = (await get('/health')).groups[0].targets.find(
      (t: any) => t.targetId === 'c:80',
    );
    expect(gone).toMatchObject({ present: false });
    await backend.stop();
  });

  it('tells policies that could not be read from none, and keeps those known before', async () => {
    const { backend, provider, get, refresh } = await setUp();
    const known = (await get('/scaling')).groups[0];
    expect(known.policies).toHaveLength(1);
    const problems = [
      {
        code: 'access-denied' as const,
        message: 'The role may not read policies',
        missingPermission: 'autoscaling:DescribePolicies',
        resourceId: group.id,
      },
    ];
    const { policies: _, ...rest } = provider.reports.get(group.id)!.group!;
    const report = { group: { ...rest, zones: ['z9'] }, problems };
    provider.reports.set(group.id, report);
    await refresh(group);
    const refused = await get('/scaling');
    expect(refused.groups[0].zones).toEqual(['z9']);
    expect(refused.groups[0].policies).toEqual(known.policies);
    expect(refused.notices).toMatchObject(problems);

    provider.reports.set(group.id, { group: { ...rest, policies: [] } });
    await refresh(group);
    expect((await get('/scaling')).groups[0].policies).toEqual([]);
    await backend.stop();
  });

  it('does not take limits that could not be read for a fixed size, and keeps those known before', async () => {
    const { backend, provider, get, refresh } = await setUp();
    const problems = [
      {
        code: 'access-denied' as const,
        message: 'The role may not read limits',
        missingPermission: 'application-autoscaling:DescribeScalableTargets',
        resourceId: group.id,
      },
    ];
    const { suspendedProcesses: _, ...rest } = provider.reports.get(group.id)!
      .group!;
    const report = {
      group: { ...rest, capacity: { desired: 2, inService: 2 } },
      problems,
    };
    provider.reports.set(group.id, report);
    await refresh(group);
    const kept = await get('/scaling');
    expect(kept.groups[0]).toMatchObject({
      capacity: { min: 2, desired: 2, max: 3 },
      limit: 'at-min',
      suspendedProcesses: [{ name: 'ReplaceUnhealthy' }],
    });
    expect(kept.notices).toMatchObject(problems);

    // As if they had been refused from the beginning.
    await backend.stop();
    const unknown = await setUp({ [group.id]: report });
    const { groups } = await unknown.get('/scaling');
    expect(groups[0]).toMatchObject({
      capacity: { desired: 2, inService: 2 },
      limit: 'unknown',
    });
    expect(groups[0].capacity).not.toHaveProperty('min');
    expect(groups[0].capacitySeries[0]).not.toHaveProperty('max');
    expect(groups[0]).not.toHaveProperty('suspendedProcesses');
    const diagnostics = await unknown.get('/diagnostics');
    expect(JSON.stringify(diagnostics)).toContain(
      'application-autoscaling:DescribeScalableTargets',
    );
    await unknown.backend.stop();
  });

  it('keeps the last good data when the provider fails, and says why', async () => {
    const { backend, provider, get, refresh } = await setUp();
    provider.reports.set(targetGroup.id, {
      problems: [
        {
          code: 'access-denied',
          message: 'The role may not read targets',
          nextStep: 'Allow it',
          missingPermission: 'elasticloadbalancing:DescribeTargetHealth',
        },
      ],
    });
    await refresh(targetGroup);
    const health = await get('/health');
    expect(health.groups[0]).toMatchObject({ healthy: 3, total: 3 });
    expect(health.notices).toMatchObject([
      {
        code: 'access-denied',
        missingPermission: 'elasticloadbalancing:DescribeTargetHealth',
        resourceId: targetGroup.id,
      },
    ]);
    const diagnostics = await get('/diagnostics');
    const source = diagnostics.sources.find((s: any) => s.id === 'fleet:fake');
    expect(source).toMatchObject({
      title: 'Fake cloud',
      status: 'problem',
      resources: expect.arrayContaining([
        expect.objectContaining({
          name: 'shop targets',
          foundBy: 'annotation',
          foundThrough: 'cloudtrace.io/auto-scaling-group: shop',
        }),
      ]),
    });
    const other = await request(backend.server)
      .get(`${base.replace('shop', 'other')}/health`)
      .set(asUser());
    expect(other.body).toMatchObject({
      availability: 'not-linked',
      groups: [],
      notices: [{ code: 'not-linked', nextStep: 'Tag it' }],
    });
    await backend.stop();
  });

  it('refuses a report that is older than the stored one', async () => {
    const { backend, provider, get, refresh, ago } = await setUp();
    provider.reports.set(targetGroup.id, {
      observedAt: ago(10).toISOString(),
      targets: [],
    });
    await refresh(targetGroup);
    expect((await get('/health')).groups[0]).toMatchObject({ total: 3 });
    await backend.stop();
  });

  it('stores hostile text and impossible values without failing', async () => {
    const { backend, provider, get, refresh } = await setUp();
    provider.reports.set(targetGroup.id, {
      targets: [
        target('a\u0000b', 'z\uD800', 'weird' as never, {
          reason: 'x'.repeat(20_000),
          since: 'not a time',
        }),
      ],
    });
    provider.reports.set(group.id, {
      activities: [
        {
          activityId: 'x',
          kind: 'other',
          status: 'odd' as never,
          startedAt: 'never',
          causeKind: 'unknown',
        },
      ],
      metrics: [
        {
          seriesId: 's',
          label: 's',
          unit: '1',
          statistic: 'sum',
          periodMs: 1,
          times: [new Date().toISOString(), 'never'],
          values: [Number.NaN, 1],
        },
      ],
    });
    await refresh(targetGroup, group);
    const health = await get('/health');
    expect(health.status).toBe(200);
    expect(health.groups[0].targets[0].state).toBe('weird');
    await backend.stop();
  });
});
