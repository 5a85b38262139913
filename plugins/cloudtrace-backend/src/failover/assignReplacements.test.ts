import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import { assignReplacements } from './assignReplacements';
import type { FailureCluster } from './classifyFailures';

const MINUTE_MS = 60_000;
const START = Date.parse('2026-07-01T12:00:00Z');
const at = (minute: number) => START + minute * MINUTE_MS;

/** A cluster of instances that fail in a period, in minutes. */
const cluster = (from: number, to: number | undefined, ...ids: string[]) =>
  ({
    kind: 'zone',
    key: ids.join(),
    failures: ids.map(id => ({
      targetId: `target-${id}`,
      instanceId: id,
      from: at(from),
      to: to === undefined ? undefined : at(to),
    })),
  } as unknown as FailureCluster);

const activity = (
  kind: 'launch' | 'terminate',
  minute: number,
  ids: string[] | undefined,
  more: Partial<ScalingActivity> = {},
): ScalingActivity => ({
  activityId: `${kind}-${minute}-${ids}`,
  kind,
  status: 'successful',
  startedAt: new Date(at(minute)).toISOString(),
  causeKind: 'health-replacement',
  instanceIds: ids,
  ...more,
});

/** The ids of the activities of each cluster. */
const assign = (clusters: FailureCluster[], activities: ScalingActivity[]) => {
  const owned = assignReplacements(clusters, activities, at(60));
  return clusters.map(each => owned.get(each)!.map(a => a.activityId));
};

const isOwned = (failed: FailureCluster, one: ScalingActivity) =>
  assign([failed], [one])[0].length === 1;

describe('assignReplacements', () => {
  it('assigns a termination from five minutes before a failure to two minutes after it', () => {
    const ends = (minute: number) =>
      isOwned(cluster(10, 20, 'a'), activity('terminate', minute, ['a']));
    expect([4.9, 5, 15, 22, 22.1].map(ends)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('assigns a launch from the failure to two minutes after it', () => {
    const launches = (minute: number) =>
      isOwned(cluster(10, 20, 'a'), activity('launch', minute, ['new']));
    expect([9.9, 10, 22, 22.1].map(launches)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('assigns a termination only to the failure of that instance', () => {
    const failed = [cluster(10, 20, 'a', 'b'), cluster(10, 20, 'c')];
    const ends = (ids: string[] | undefined) =>
      assign(failed, [activity('terminate', 12, ids)]).map(own => own.length);
    expect(ends(['b'])).toEqual([1, 0]);
    expect(ends(['c'])).toEqual([0, 1]);
    expect(ends(['x', 'c'])).toEqual([0, 1]);
    expect(ends(['x'])).toEqual([0, 0]);
    expect(ends(undefined)).toEqual([0, 0]);
  });

  it('identifies a target without an instance by the target', () => {
    const failed = cluster(10, 20, 'a');
    failed.failures[0].instanceId = undefined;
    expect(isOwned(failed, activity('terminate', 12, ['target-a']))).toBe(true);
    expect(isOwned(failed, activity('terminate', 12, ['a']))).toBe(false);
  });

  it('does not count the launch of a failed instance as its replacement', () => {
    const failed = cluster(10, 20, 'a');
    expect(isOwned(failed, activity('launch', 12, ['a']))).toBe(false);
    expect(isOwned(failed, activity('launch', 12, ['new', 'a']))).toBe(false);
    expect(isOwned(failed, activity('launch', 12, undefined))).toBe(true);
  });

  it('ignores changes that somebody wanted', () => {
    const failed = cluster(10, 20, 'a');
    for (const causeKind of ['policy', 'manual', 'instance-refresh'] as const) {
      const wanted = activity('launch', 12, ['new'], { causeKind });
      expect(isOwned(failed, wanted)).toBe(false);
    }
  });

  it('assigns one launch for each failed instance', () => {
    const launches = [1, 2, 3].map(i => activity('launch', 10 + i, [`n${i}`]));
    expect(assign([cluster(10, 20, 'a', 'b')], launches)).toEqual([
      ['launch-11-n1', 'launch-12-n2'],
    ]);
  });

  it('assigns a launch to the failure that waits longest', () => {
    const failed = [cluster(12, 30, 'late'), cluster(10, 30, 'early')];
    const launches = [15, 16].map(minute =>
      activity('launch', minute, [`n${minute}`]),
    );
    expect(assign(failed, launches.slice(0, 1))).toEqual([
      [],
      ['launch-15-n15'],
    ]);
    expect(assign(failed, launches)).toEqual([
      ['launch-16-n16'],
      ['launch-15-n15'],
    ]);
  });

  it('assigns a launch first to a failure whose instance was terminated', () => {
    const failed = [cluster(10, 30, 'early'), cluster(12, 30, 'late')];
    const ended = activity('terminate', 14, ['late']);
    const launched = activity('launch', 15, ['new']);
    // Whatever the order of the report.
    for (const activities of [
      [ended, launched],
      [launched, ended],
    ]) {
      expect(assign(failed, activities)).toEqual([
        [],
        ['terminate-14-late', 'launch-15-new'],
      ]);
    }
    // The next launch waits for nobody in particular.
    const next = activity('launch', 16, ['next']);
    expect(assign(failed, [ended, launched, next])[0]).toEqual([
      'launch-16-next',
    ]);
  });

  it('handles a termination before a launch of the same moment', () => {
    const failed = [cluster(10, 30, 'early'), cluster(12, 30, 'late')];
    const activities = [
      activity('launch', 15, ['new'], { activityId: 'a' }),
      activity('terminate', 15, ['late'], { activityId: 'b' }),
    ];
    for (const reported of [activities, [...activities].reverse()]) {
      expect(assign(failed, reported)).toEqual([[], ['b', 'a']]);
    }
  });

  it('orders activities of the same moment by id', () => {
    const failed = [cluster(10, 30, 'a'), cluster(11, 30, 'b')];
    const activities = ['y', 'x'].map(activityId =>
      activity('launch', 15, [activityId], { activityId }),
    );
    for (const reported of [activities, [...activities].reverse()]) {
      expect(assign(failed, reported)).toEqual([['x'], ['y']]);
    }
  });

  it('accepts a launch before the failure if the instance was terminated before too', () => {
    const failed = cluster(10, 20, 'a');
    expect(
      assign(
        [failed],
        [
          activity('terminate', 6, ['a']),
          activity('launch', 7, ['new']),
          activity('launch', 8, ['another']),
        ],
      ),
    ).toEqual([['terminate-6-a', 'launch-7-new']]);
  });

  it('keeps an ongoing failure open until now', () => {
    const failed = cluster(10, undefined, 'a');
    const launches = (minute: number) =>
      isOwned(failed, activity('launch', minute, ['new']));
    expect([launches(62), launches(62.1)]).toEqual([true, false]);
  });

  it('keeps a cluster open until the last of its failures ends', () => {
    const failed = cluster(10, 20, 'a', 'b');
    failed.failures[1].to = at(30);
    expect(isOwned(failed, activity('launch', 31, ['new']))).toBe(true);
  });
});
