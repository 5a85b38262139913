import { MINUTE_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import {
  ENTITY_REF,
  group,
  startFleetBackend,
  target,
  targetGroup,
  until,
} from '../testUtils/fleet';
import { seedRequests } from '../testUtils/seedRequests';

jest.setTimeout(120_000);

describe('fleet', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());

  const setUp = () => startFleetBackend(databases);

  it('collects, stores once, and serves health, scaling and metrics', async () => {
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
    // Before the first poll the number of targets is unknown, not 0.
    expect(health.groups[0].series.length).toBeGreaterThan(0);
    for (const point of health.groups[0].series) {
      expect(point).toMatchObject({ healthy: 3, total: 3 });
    }
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
    const set = 'auto-scaling-group';
    expect((await get('/metrics', { set })).sets).toEqual(metrics.sets);
    expect((await get('/metrics', { set: 'db-cluster' })).sets).toEqual([]);
    expect(await get('/metrics', { set: 'foo' })).toMatchObject({
      status: 400,
      error: { message: expect.stringContaining(`'set' must be one of`) },
    });
    // Points that share a wide step are added, so that none is lost.
    const month = await get('/metrics', {
      from: new Date(Date.now() - 30 * 24 * 60 * MINUTE_MS).toISOString(),
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

  it('follows a failure from the health check to the failover and its recovery, and notifies the owner once', async () => {
    const { backend, provider, knex, get, refresh, notify, signals, ago } =
      await setUp();
    // Requests before; none on c for the last three minutes.
    const requests = [];
    for (let minute = 20; minute > 0; minute -= 1) {
      for (let i = 0; i < 30; i += 1) {
        const instance = ['a', 'b', 'c'][i % 3];
        if (instance === 'c' && minute <= 2) continue;
        requests.push({
          startedAt: new Date(ago(minute).getTime() + i),
          instance,
          zone: instance === 'c' ? 'z2' : 'z1',
          status: instance === 'c' && minute === 3 ? 502 : 200,
        });
      }
    }
    await seedRequests(
      knex,
      { entityRef: ENTITY_REF, environment: 'production' },
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
        summary: 'The health check received no response in time',
        nextStep: expect.any(String),
        code: 'Target.Timeout',
      },
    });
    expect(health.transitions[0]).toMatchObject({
      targetId: 'c:80',
      from: 'healthy',
      to: 'unhealthy',
    });
    // A signal this soon after another one is sent at the end of its two
    // seconds.
    const { liveChannel } = await get('/environments');
    await until(async () =>
      signals.mock.calls.some(
        ([{ channel, message }]) =>
          channel === liveChannel &&
          JSON.stringify(message) === '{"changed":["fleet"]}',
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
});
