import { group, minutesAgo, useFleetBackends } from '../testUtils/fleet';

jest.setTimeout(120_000);

describe('a metric without a value', () => {
  const startBackend = useFleetBackends();
  const missing = {
    seriesId: 'cpu',
    label: 'CPU',
    reason: 'No pod runs',
    coded: { reason: { code: 'metric-missing-no-pods' as const, values: {} } },
  };

  it('says why until it has one, but not for ranges in the past', async () => {
    const { backend, provider, get, refresh } = await startBackend({
      [group.id]: { metrics: [], missingMetrics: [missing] },
    });
    const now = () => get('/metrics').then(metrics => metrics.missing);
    expect(await now()).toEqual([
      { ...missing, resourceId: group.id, resourceName: 'shop' },
    ]);
    const past = { from: minutesAgo(120), to: minutesAgo(60) };
    expect((await get('/metrics', past)).missing).toEqual([]);

    // Metrics that are not read now keep the last known reason.
    provider.reports.set(group.id, { activities: [] });
    await refresh(group);
    expect(await now()).toHaveLength(1);
    provider.reports.set(group.id, { metrics: [] });
    await refresh(group);
    expect(await now()).toEqual([]);
    await backend.stop();
  });
});
