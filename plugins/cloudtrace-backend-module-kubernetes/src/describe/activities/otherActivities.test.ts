import {
  explainActivity,
  nextStepOfFailure,
} from '@cloudtrace/plugin-cloudtrace-common';
import {
  ago,
  asNewApi,
  container,
  describeChanged,
  event,
  pod,
} from '../../testUtils/workloadObjects';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';

const HPA = { kind: 'HorizontalPodAutoscaler', name: 'web' };
const resource = (name: string, averageUtilization: number) => ({
  type: 'Resource',
  resource: { name, target: { type: 'Utilization', averageUtilization } },
});
const hpa = (...metrics: object[]): WatchedObject => ({
  metadata: { name: 'web' },
  spec: { minReplicas: 2, maxReplicas: 10, metrics },
});
const rescale = (to: number, reason: string) =>
  event(HPA, 'SuccessfulRescale', `New size: ${to}; reason: ${reason}`);
const STATEFUL_SET: WatchedObject = {
  kind: 'StatefulSet',
  metadata: { name: 'db', namespace: 'shop' },
};
const CPU = 'cpu resource utilization (percentage of request) above target';

const isoAgo = (seconds: number) => new Date(ago(seconds)).toISOString();

/** The activities without the rollout that every Deployment has. */
const activitiesOf = (changes: Partial<WorkloadObjects>) =>
  describeChanged(changes).activities!.filter(
    ({ activityId }) => !activityId.startsWith('rollout/'),
  );

describe('other activities', () => {
  it('report a container that was restarted, although it runs again', () => {
    const restarted = container({
      restartCount: 4,
      lastState: {
        terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: ago(9) },
      },
    });
    const activities = activitiesOf({
      pods: [pod('web', { status: { containerStatuses: [restarted] } })],
    });
    expect(activities).toMatchObject([
      {
        kind: 'restart',
        causeKind: 'health-replacement',
        instanceIds: ['web'],
      },
    ]);
    expect(explainActivity(activities[0])).toBe(
      'Container app was restarted: OOMKilled, limit 256Mi, exit code 137 (SIGKILL)',
    );
    // So that readers get the facts in their language.
    expect(JSON.stringify(activities[0].coded)).toContain(
      'pod-exit-code-signal',
    );
  });

  it('report a node that was asked for once, for all pods that wait for it', () => {
    const added = (name: string) =>
      event(
        { kind: 'Pod', name },
        'TriggeredScaleUp',
        'pod triggered scale-up: [{workers 3->4 (max: 10)}]',
      );
    expect(activitiesOf({ events: [added('a'), added('b')] })).toMatchObject([
      {
        kind: 'other',
        // Whether the node ever came is not known.
        status: 'unknown',
        cause: expect.stringContaining('asked for a node'),
      },
    ]);
  });

  it('report a node that Karpenter asked for, but not one that exists', () => {
    const nominated = (name: string, on: string) =>
      event(
        { kind: 'Pod', name },
        'Nominated',
        `Pod should schedule on: ${on}`,
      );
    expect(
      activitiesOf({
        events: [
          nominated('a', 'nodeclaim/default-x2k'),
          nominated('b', 'nodeclaim/default-x2k'),
          nominated('c', 'nodeclaim/default-old, node/ip-10-0-0-1'),
        ],
      }),
    ).toMatchObject([
      { status: 'unknown', cause: expect.stringContaining('asked for a node') },
    ]);
  });

  it('report a pod that a StatefulSet could not create', () => {
    const [failure] = activitiesOf({
      workload: STATEFUL_SET,
      events: [
        event(
          { kind: 'StatefulSet', name: 'db' },
          'FailedCreate',
          'create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: exceeded quota: compute, requested: cpu=1',
        ),
      ],
    });
    expect(failure).toMatchObject({ kind: 'launch', status: 'failed' });
    expect(nextStepOfFailure(failure.message)).toMatch(/ResourceQuota/);
  });

  it('are the same from core/v1 and events.k8s.io/v1', () => {
    const events = [rescale(5, CPU), rescale(3, 'All metrics below target')];
    const changes = { hpa: hpa(resource('cpu', 70)) };
    expect(activitiesOf({ ...changes, events: events.map(asNewApi) })).toEqual(
      activitiesOf({ ...changes, events }),
    );
  });

  it('count each known occurrence of a repeated event', () => {
    const repeated = { ...rescale(5, CPU), firstTimestamp: ago(900), count: 3 };
    expect(activitiesOf({ hpa: hpa(), events: [repeated] })).toHaveLength(2);
    const series = {
      ...rescale(5, CPU),
      firstTimestamp: null,
      lastTimestamp: null,
      eventTime: ago(900),
      series: { count: 2, lastObservedTime: ago(60) },
    };
    expect(activitiesOf({ hpa: hpa(), events: [series] })).toHaveLength(2);
  });

  it.each([
    [
      'HorizontalPodAutoscaler',
      'FailedRescale',
      'New size: 5; reason: x; error: conflict',
    ],
    ['StatefulSet', 'FailedCreate', 'create Pod db-0 failed error: quota'],
    [
      'StatefulSet',
      'FailedCreate',
      '(combined from similar events): create Pod db-0 failed error: quota',
    ],
  ])('count a failure once: %s %s %s', (kind, reason, message) => {
    const failures = (lastSeconds: number) =>
      activitiesOf({
        workload: STATEFUL_SET,
        hpa: hpa(),
        events: [
          event(
            { kind, name: kind === 'StatefulSet' ? 'db' : 'web' },
            reason,
            message,
            {
              metadata: { name: 'e', namespace: 'shop', uid: 'e' },
              firstTimestamp: ago(900),
              lastTimestamp: ago(lastSeconds),
              count: 9,
            },
          ),
        ],
      }).filter(({ status }) => status === 'failed');
    const [early, late] = [failures(600), failures(60)];
    expect(early).toMatchObject([
      { startedAt: isoAgo(900), endedAt: isoAgo(600) },
    ]);
    expect(late).toEqual([{ ...early[0], endedAt: isoAgo(60) }]);
  });

  it('keep the first time of an event that names only its last one', () => {
    const startsAfter = (lastSeconds: number) => {
      const repeated = event(
        { kind: 'StatefulSet', name: 'db' },
        'FailedCreate',
        'create Pod db-0 failed error: quota',
        {
          metadata: {
            ...{ name: 'e', namespace: 'shop', uid: 'e' },
            creationTimestamp: ago(900),
          },
          firstTimestamp: null,
          lastTimestamp: ago(lastSeconds),
        },
      );
      return activitiesOf({ workload: STATEFUL_SET, events: [repeated] })
        .filter(({ status }) => status === 'failed')
        .map(({ activityId, startedAt }) => [activityId, startedAt]);
    };
    expect(startsAfter(600)).toEqual([[expect.any(String), isoAgo(900)]]);
    expect(startsAfter(60)).toEqual(startsAfter(600));
  });

  it('contain only the last occurrence of combined events', () => {
    const combined = event(
      { kind: 'ReplicaSet', name: 'web-3' },
      'SuccessfulDelete',
      '(combined from similar events): Deleted pod: web-3-x',
      { firstTimestamp: ago(900) },
    );
    expect(activitiesOf({ events: [combined] })).toMatchObject([
      { instanceIds: ['web-3-x'] },
    ]);
  });

  it('leave out what was stored long ago', () => {
    const { activities } = describeChanged(
      { hpa: hpa(), events: [rescale(5, CPU)] },
      new Date(ago(600)),
    );
    // The rollout ended two hours ago.
    expect(activities).toHaveLength(1);
  });

  it('are not in the future and do not end before they start', () => {
    const report = describeChanged({
      hpa: hpa(),
      events: [
        event(HPA, 'SuccessfulRescale', 'New size: 5; reason: x', {
          seconds: -7200,
        }),
      ],
    });
    for (const { startedAt, endedAt } of report.activities!) {
      expect(startedAt <= report.observedAt).toBe(true);
      expect(!endedAt || startedAt <= endedAt).toBe(true);
    }
    expect(report.problems).toMatchObject([
      {
        code: 'clock-skew',
        message: expect.stringContaining('2.0 h ahead'),
        nextStep: expect.stringContaining('NTP'),
      },
    ]);
  });
});
