import request from 'supertest';
import { asUser } from '../testUtils/backend';
import {
  group,
  minutesAgo,
  useFleetBackends,
  target,
  targetGroup,
} from '../testUtils/fleet';

jest.setTimeout(120_000);

const healthCheck = {
  protocol: 'HTTP',
  intervalMs: 10_000,
  timeoutMs: 5_000,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};

describe('freshness of each part of a resource', () => {
  const startBackend = useFleetBackends();

  const targets = ['a', 'b'].map(name =>
    target(name, 'z1', 'healthy', { since: minutesAgo(30) }),
  );

  it('does not count cached settings as a reading of the targets', async () => {
    const readAt = { 'health-check': minutesAgo(21) };
    const lastReadAt = minutesAgo(20);
    const { backend, provider, knex, get, refresh } = await startBackend({
      [targetGroup.id]: { observedAt: lastReadAt, targets, healthCheck },
    });
    for (const minutes of [16, 12, 8, 4, 0]) {
      provider.reports.set(targetGroup.id, {
        observedAt: minutesAgo(minutes),
        healthCheck,
        readAt,
        problems: [{ code: 'access-denied', message: 'Targets are refused' }],
      });
      await refresh(targetGroup);
    }
    const refused = await get('/health');
    expect(refused.asOf).toBe(lastReadAt);
    expect(refused.groups[0].status).toBe('unknown');
    // The other views must not count what was healthy 20 minutes ago either.
    const { body: overview } = await request(backend.server)
      .get('/api/cloudtrace/v1/entities/component/default/shop/overview')
      .set(asUser());
    const unread = expect.objectContaining({
      code: 'targets-unread',
      severity: 'warning',
    });
    expect(overview.status).toMatchObject({
      severity: 'warning',
      reasons: expect.arrayContaining([unread]),
    });
    expect(overview.insights).toEqual(expect.arrayContaining([unread]));
    expect(overview.instances).toBeUndefined();
    const healthy = overview.figures.find((each: any) => each.id === 'healthy');
    expect(healthy.value).toBeUndefined();
    const { body: fleet } = await request(backend.server)
      .get('/api/cloudtrace/v1/fleet')
      .query({ from: minutesAgo(60), to: minutesAgo(0) })
      .set(asUser());
    expect(fleet.items).toMatchObject([
      { severity: 'warning', reasons: expect.arrayContaining([unread]) },
    ]);
    expect(fleet.items[0].healthy).toBeUndefined();
    expect(refused.groups[0].resource).toMatchObject({
      stale: true,
      parts: [
        { part: 'targets', readAt: lastReadAt, stale: true },
        { part: 'health-check', readAt: lastReadAt, stale: true },
      ],
    });
    const states = (health: any) =>
      health.groups[0].targets[0].intervals.map((i: any) => i.state);
    expect(states(refused)).toEqual(['healthy', 'no-data']);

    provider.reports.set(targetGroup.id, { targets, healthCheck, readAt });
    await refresh(targetGroup);
    const { rows } = await knex.raw('SELECT part, from_at FROM fleet_gaps');
    expect(rows).toEqual([{ part: 'targets', from_at: new Date(lastReadAt) }]);
    const recovered = await get('/health');
    expect(states(recovered)).toEqual(['healthy', 'no-data', 'healthy']);
    // Two targets, while three are desired.
    expect(recovered.groups[0].status).toBe('degraded');
    expect(recovered.groups[0].resource.parts).toMatchObject([
      { part: 'targets' },
      { part: 'health-check', readAt: lastReadAt, stale: true },
    ]);
    expect(recovered.groups[0].resource.parts[0].stale).toBeUndefined();
    await backend.stop();
  });

  it('keeps the gap of one part apart from parts that were read', async () => {
    const start = minutesAgo(20);
    const capacity = { min: 1, desired: 2, max: 3, inService: 2 };
    const read = { group: { name: 'shop', capacity }, activities: [] };
    const { backend, provider, knex, get, refresh } = await startBackend({
      [group.id]: { ...read, observedAt: start },
    });
    for (const minutes of [16, 12, 8, 4]) {
      provider.reports.set(group.id, {
        group: read.group,
        observedAt: minutesAgo(minutes),
      });
      await refresh(group);
    }
    const partsOf = async () =>
      (await get('/diagnostics')).sources
        .find((source: any) => source.id === 'fleet:fake')
        .resources.find((resource: any) => resource.id === group.id).parts;
    expect(await partsOf()).toEqual([
      { part: 'capacity', readAt: expect.any(String) },
      { part: 'limits', readAt: expect.any(String) },
      { part: 'activities', readAt: start, stale: true },
    ]);
    expect((await get('/scaling')).asOf).not.toBe(start);
    provider.reports.set(group.id, read);
    await refresh(group);
    const { rows } = await knex.raw('SELECT DISTINCT part FROM fleet_gaps');
    expect(rows).toEqual([{ part: 'activities' }]);
    await backend.stop();
  });

  it('counts a confirmed part as read, even if its data is not repeated', async () => {
    const { backend, provider, knex, get, refresh } = await startBackend({
      [targetGroup.id]: { observedAt: minutesAgo(6), targets },
    });
    const readAt = { targets: minutesAgo(3) };
    provider.reports.set(targetGroup.id, { readAt });
    await refresh(targetGroup);
    const health = await get('/health');
    expect(health).toMatchObject({ asOf: readAt.targets });
    expect(health.groups[0]).toMatchObject({ healthy: 2, total: 2 });
    expect(health.groups[0].resource.stale).toBeUndefined();
    expect((await knex.raw('SELECT * FROM fleet_gaps')).rows).toEqual([]);
    await backend.stop();
  });
});
