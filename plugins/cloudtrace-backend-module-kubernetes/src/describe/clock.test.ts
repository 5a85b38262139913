import type { WatchedObject, WorkloadObjects } from '../objects/types';
import {
  ago,
  container,
  deployment,
  event,
  NOW,
  pod,
  RESOURCE,
  unready,
  workload,
} from '../testUtils/workloadObjects';
import { describeWorkload } from './describeWorkload';

const MINUTES_MS = 60_000;

/** A time as a cluster with another clock writes it. */
const shift = (text: string, aheadMs: number) =>
  text.replace(/2026-11-[\dT:.-]+Z/g, time =>
    new Date(Date.parse(time) + aheadMs).toISOString(),
  );

/** The same objects in a cluster whose clock is ahead. */
function written(objects: WorkloadObjects, aheadMs: number): WorkloadObjects {
  const { nodes, usage, freshAt, ...rest } = objects;
  const again = <T>(value: T): T =>
    JSON.parse(shift(JSON.stringify(value), aheadMs));
  return {
    ...again(rest),
    clockAheadMs: aheadMs,
    freshAt,
    nodes: new Map(again([...nodes])),
    usage: usage && {
      ...usage,
      pods: new Map(
        [...usage.pods].map(([name, each]) => [
          name,
          { ...each, at: new Date(each.at.getTime() + aheadMs) },
        ]),
      ),
    },
  };
}

const about = { kind: 'Pod', name: 'web-3-b', uid: 'uid-web-3-b' };
const restarted = {
  restartCount: 1,
  lastState: {
    terminated: { exitCode: 1, finishedAt: ago(90), reason: 'Error' },
  },
};
const starting = container({
  ready: false,
  state: { running: { startedAt: ago(20) } },
});
const leaving: WatchedObject = pod('web-3-d', {
  metadata: { deletionTimestamp: ago(30) },
});

function incident(): WorkloadObjects {
  return workload({
    workload: deployment({
      status: { conditions: [] },
    }),
    pods: [
      pod('web-3-a', { status: { containerStatuses: [container(restarted)] } }),
      unready('web-3-b', [container({ ready: false })]),
      unready('web-3-c', [starting]),
      leaving,
    ],
    events: [
      event(about, 'Unhealthy', 'Readiness probe failed: 503'),
      event(
        { kind: 'ReplicaSet', name: 'web-3', uid: 'uid-web-3' },
        'SuccessfulCreate',
        'Created pod: web-3-c',
      ),
      event(
        { kind: 'Deployment', name: 'web', uid: 'uid-web' },
        'ScalingReplicaSet',
        'Scaled up replica set web-3 from 2 to 4',
      ),
    ],
    usage: {
      from: 'metrics-server',
      figures: ['cpu', 'memory'],
      unread: [],
      pods: new Map([
        ['web-3-a', { at: new Date(ago(40)), cpu: 0.2, memory: 1e6 }],
      ]),
    },
  });
}

const describeAt = (objects: WorkloadObjects) =>
  describeWorkload(objects, {
    resource: RESOURCE,
    now: NOW,
    since: new Date(ago(600)),
  });
const withoutIds = (report: ReturnType<typeof describeAt>) => ({
  ...report,
  problems: [],
  activities: report.activities!.map(({ activityId: _, ...rest }) => rest),
});

describe('a cluster whose clock is off', () => {
  it.each([5 * MINUTES_MS, -5 * MINUTES_MS])(
    'is described as one whose clock is right: %d ms',
    aheadMs => {
      const right = describeAt(incident());
      const off = describeAt(written(incident(), aheadMs));
      expect(withoutIds(off)).toEqual(withoutIds(right));
      expect(off.problems).toMatchObject([{ code: 'clock-skew' }]);
      // Each part is there to be compared.
      expect(right.targets!.map(({ state }) => state)).toEqual([
        'healthy',
        'unhealthy',
        'initial',
        'draining',
      ]);
      expect(right.activities!.length).toBeGreaterThan(1);
      expect(right.metrics!.length).toBeGreaterThan(1);
    },
  );

  it('keeps the ids of its activities when its clock is set', () => {
    const objects = incident();
    const idsWith = (clockAheadMs: number) =>
      describeAt({ ...objects, clockAheadMs }).activities!.map(
        ({ activityId }) => activityId,
      );
    expect(idsWith(3_000)).toEqual(idsWith(0));
  });

  it('still has no times after now if a node is ahead of the API server', () => {
    const objects = workload({
      clockAheadMs: 5 * MINUTES_MS,
      pods: [pod('web-3-a', { status: { startTime: ago(-900) } })],
    });
    expect(describeAt(objects).instances![0].launchedAt).toBe(
      NOW.toISOString(),
    );
  });
});
