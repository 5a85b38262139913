import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import { group, minutesAgo, useFleetBackends } from '../testUtils/fleet';

jest.setTimeout(120_000);

describe('activities', () => {
  const startBackend = useFleetBackends();

  const rollout = (
    activityId: string,
    status: ScalingActivity['status'],
    more: Partial<ScalingActivity> = {},
  ): ScalingActivity => ({
    activityId,
    kind: 'other',
    status,
    causeKind: 'instance-refresh',
    startedAt: minutesAgo(8),
    ...more,
  });

  async function setUp(activities: ScalingActivity[], observedAt: string) {
    const fleet = await startBackend({
      [group.id]: { observedAt, activities },
    });
    const stored = async () => {
      const { items } = await fleet.get('/scaling/activities');
      return Object.fromEntries(
        items.map(({ activityId, ...item }: any) => [activityId, item]),
      );
    };
    return { ...fleet, stored };
  }

  it('end although the report does not describe them any more', async () => {
    const { backend, provider, refresh, stored } = await setUp(
      [
        rollout('a', 'in-progress'),
        rollout('b', 'in-progress'),
        rollout('c', 'successful'),
        rollout('d', 'failed', { message: 'Too slow' }),
      ],
      minutesAgo(2),
    );
    const endedAt = minutesAgo(1);
    provider.reports.set(group.id, {
      activities: [],
      activityEnds: [
        { activityId: 'a', status: 'successful' },
        { activityId: 'b', status: 'cancelled', endedAt },
        { activityId: 'c', status: 'cancelled', endedAt },
        { activityId: 'd', status: 'successful', endedAt },
        { activityId: 'never-reported', status: 'cancelled', endedAt },
      ],
    });
    await refresh(group);
    const activities = await stored();
    expect(Object.keys(activities).sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(activities).toMatchObject({
      a: { status: 'successful' },
      b: { status: 'cancelled', endedAt },
      c: { status: 'successful' },
      d: { status: 'successful', endedAt },
    });
    expect(activities.a).not.toHaveProperty('endedAt');
    expect(activities.d).not.toHaveProperty('message');
    await backend.stop();
  });

  it('that were replaced while nobody watched may have been done before', async () => {
    const { backend, provider, refresh, stored } = await setUp(
      [rollout('a', 'in-progress', { startedAt: minutesAgo(35) })],
      minutesAgo(30),
    );
    provider.reports.set(group.id, {
      activities: [],
      activityEnds: [
        { activityId: 'a', status: 'cancelled', endedAt: minutesAgo(10) },
      ],
    });
    await refresh(group);
    expect((await stored()).a.status).toBe('unknown');
    await backend.stop();
  });

  it('keep their first time when a source has forgotten it', async () => {
    const [early, late] = [minutesAgo(30), minutesAgo(10)];
    const { backend, provider, refresh, stored } = await setUp(
      [
        rollout('a', 'unknown', { startedAt: early, endedAt: early }),
        rollout('b', 'in-progress', { startedAt: early }),
      ],
      minutesAgo(2),
    );
    provider.reports.set(group.id, {
      activities: [
        rollout('a', 'unknown', { startedAt: late, endedAt: late }),
        rollout('b', 'failed', { startedAt: late, endedAt: late }),
      ],
    });
    await refresh(group);
    expect(await stored()).toMatchObject({
      a: { startedAt: early, endedAt: early },
      b: { startedAt: early, endedAt: late, status: 'failed' },
    });
    await backend.stop();
  });

  it('of an incomplete report are shown, but not counted as all', async () => {
    const { backend, provider, get, refresh } = await startBackend({
      [group.id]: {
        group: {
          name: 'shop',
          capacity: { min: 1, desired: 1, max: 1, inService: 1 },
        },
        activities: [rollout('a', 'successful')],
        incomplete: ['activities'],
      },
    });
    const page = await get('/scaling/activities');
    expect(page.items).toHaveLength(1);
    expect(page).not.toHaveProperty('total');
    const [shown] = (await get('/scaling')).groups;
    expect(shown).not.toHaveProperty('activities');
    expect(shown.resource.parts.map(({ part }: any) => part)).not.toContain(
      'activities',
    );
    // All that happened before is read once it can be.
    await refresh(group);
    expect(provider.since).toEqual([expect.any(Date)]);
    expect(provider.activitiesSince).toEqual([undefined]);
    provider.reports.set(group.id, { activities: [] });
    await refresh(group);
    expect((await get('/scaling/activities')).total).toBe(1);
    await refresh(group);
    expect(provider.activitiesSince).toEqual([expect.any(Date)]);
    await backend.stop();
  });
});
