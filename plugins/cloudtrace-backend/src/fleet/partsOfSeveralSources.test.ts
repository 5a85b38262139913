import {
  group,
  minutesAgo,
  useFleetBackends,
  target,
  targetGroup,
} from '../testUtils/fleet';

jest.setTimeout(120_000);

describe('parts that are read from several sources', () => {
  const startBackend = useFleetBackends();

  it('change as soon as one source changes, although the slowest has not confirmed', async () => {
    const readAt = { targets: minutesAgo(2), capacity: minutesAgo(2) };
    const { backend, provider, get, refresh } = await startBackend({
      [targetGroup.id]: {
        readAt,
        targets: [target('a', 'z1', 'healthy'), target('b', 'z1', 'healthy')],
      },
    });
    const states = async () =>
      (await get('/health')).groups[0].targets.map((each: any) => each.state);
    expect(await states()).toEqual(['healthy', 'healthy']);
    provider.reports.set(targetGroup.id, {
      readAt,
      targets: [target('a', 'z1', 'healthy'), target('b', 'z1', 'unhealthy')],
    });
    await refresh(targetGroup);
    expect((await states()).sort()).toEqual(['healthy', 'unhealthy']);
    // A reading that is older than the stored one does not replace it.
    provider.reports.set(targetGroup.id, {
      readAt: { targets: minutesAgo(3) },
      targets: [target('a', 'z1', 'unhealthy'), target('b', 'z1', 'healthy')],
    });
    await refresh(targetGroup);
    const health = await get('/health');
    expect(health.groups[0]).toMatchObject({ healthy: 1, total: 2 });
    expect(health.asOf).toBe(readAt.targets);
    await backend.stop();
  });

  it('do not replace a newer size by an older one', async () => {
    const capacity = { min: 1, desired: 3, max: 5, inService: 3 };
    const { backend, provider, get, refresh } = await startBackend({
      [group.id]: {
        readAt: { capacity: minutesAgo(1), limits: minutesAgo(1) },
        group: { name: 'shop', capacity },
      },
    });
    provider.reports.set(group.id, {
      readAt: { capacity: minutesAgo(4) },
      group: { name: 'shop', capacity: { ...capacity, desired: 2 } },
      activities: [],
    });
    await refresh(group);
    const { capacitySeries, capacity: now } = (await get('/scaling')).groups[0];
    expect(now.desired).toBe(3);
    expect(new Set(capacitySeries.map(({ desired }: any) => desired))).toEqual(
      new Set([3]),
    );
    await backend.stop();
  });
});

describe('a health check that was removed', () => {
  const startBackend = useFleetBackends();

  it('is not shown any more', async () => {
    const healthCheck = {
      protocol: 'HTTP',
      ...{ intervalMs: 10_000, timeoutMs: 5_000 },
      ...{ healthyThreshold: 2, unhealthyThreshold: 3 },
    };
    const targets = [target('a', 'z1', 'healthy')];
    const { backend, provider, get, refresh } = await startBackend({
      [targetGroup.id]: { targets, healthCheck },
    });
    const check = async () => (await get('/health')).groups[0].healthCheck;
    expect(await check()).toMatchObject({ protocol: 'HTTP' });
    provider.reports.set(targetGroup.id, { targets });
    await refresh(targetGroup);
    expect(await check()).toMatchObject({ protocol: 'HTTP' });
    provider.reports.set(targetGroup.id, { targets, healthCheck: null });
    await refresh(targetGroup);
    expect(await check()).toBeUndefined();
    await backend.stop();
  });
});
