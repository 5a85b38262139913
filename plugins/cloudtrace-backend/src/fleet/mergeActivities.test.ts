import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import { mergeActivities } from './mergeActivities';

describe('mergeActivities', () => {
  const start = Date.parse('2026-01-01T12:00:00Z');
  const launch = (
    id: string,
    seconds: number,
    more: Partial<ScalingActivity> = {},
  ) => ({
    resourceId: 1,
    activity: {
      activityId: id,
      kind: 'launch' as const,
      status: 'successful' as const,
      startedAt: new Date(start + seconds * 1000).toISOString(),
      endedAt: new Date(start + seconds * 1000 + 5_000).toISOString(),
      causeKind: 'manual' as const,
      fromCapacity: 0,
      toCapacity: 3,
      instanceIds: [`i-${id}`],
      ...more,
    },
  });

  it('reports the launch of three instances once', () => {
    const merged = mergeActivities([
      launch('3', 2),
      launch('2', 1),
      launch('1', 0),
    ]);
    expect(merged).toHaveLength(1);
    expect(merged[0].activity).toMatchObject({
      activityId: '1',
      startedAt: '2026-01-01T12:00:00.000Z',
      endedAt: '2026-01-01T12:00:07.000Z',
      instanceIds: ['i-1', 'i-2', 'i-3'],
    });
  });

  it('lasts until the last activity ends', () => {
    const [{ activity }] = mergeActivities([
      launch('2', 1, { endedAt: undefined }),
      launch('1', 0),
    ]);
    expect(activity.endedAt).toBeUndefined();
  });

  it.each([
    ['another time', launch('2', 90)],
    ['another group', { ...launch('2', 1), resourceId: 2 }],
    ['another cause', launch('2', 1, { causeKind: 'policy' })],
    ['a failure', launch('2', 1, { status: 'failed' })],
    ['another change', launch('2', 1, { fromCapacity: 3, toCapacity: 6 })],
  ])('keeps %s apart', (_, other) => {
    expect(mergeActivities([other, launch('1', 0)])).toHaveLength(2);
  });

  it('keeps the steps of one instance apart', () => {
    const step = { fromCapacity: 2, toCapacity: 3 };
    expect(
      mergeActivities([launch('2', 1, step), launch('1', 0, step)]),
    ).toHaveLength(2);
  });
});
