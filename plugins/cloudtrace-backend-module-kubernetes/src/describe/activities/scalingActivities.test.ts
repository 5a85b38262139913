import { explainActivity } from '@cloudtrace/plugin-cloudtrace-common';
import {
  ago,
  deployment,
  describeChanged,
  event,
  NOW,
  replicaSet,
} from '../../testUtils/workloadObjects';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';

const HPA = { kind: 'HorizontalPodAutoscaler', name: 'web' };
const DEPLOYMENT = { kind: 'Deployment', name: 'web' };
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
const CPU = 'cpu resource utilization (percentage of request) above target';

/** The activities without the rollout that every Deployment has. */
const activitiesOf = (changes: Partial<WorkloadObjects>) =>
  describeChanged(changes).activities!.filter(
    ({ activityId }) => !activityId.startsWith('rollout/'),
  );

describe('an autoscaler', () => {
  it.each<[string, object, string]>([
    [
      CPU,
      resource('cpu', 70),
      'Autoscaler web: CPU utilisation above its target of 70 %',
    ],
    [
      'memory resource above target',
      {
        type: 'Resource',
        resource: { name: 'memory', target: { averageValue: '512Mi' } },
      },
      'Autoscaler web: Memory utilisation above its target of 536870912 By',
    ],
    [
      'pods metric requests_per_second above target',
      {
        type: 'Pods',
        pods: {
          metric: { name: 'requests_per_second' },
          target: { averageValue: '1500m' },
        },
      },
      'Autoscaler web: requests_per_second above its target of 1.5',
    ],
    [
      'Ingress metric hits above target',
      {
        type: 'Object',
        object: {
          metric: { name: 'hits' },
          describedObject: { kind: 'Ingress', name: 'main' },
          target: { value: '2k' },
        },
      },
      'Autoscaler web: hits above its target of 2000',
    ],
    [
      'external metric s0-kafka-orders(&LabelSelector{MatchLabels:map[string]string{scaledobject.keda.sh/name: web,},}) above target',
      {
        type: 'External',
        external: {
          metric: { name: 's0-kafka-orders' },
          target: { averageValue: '50' },
        },
      },
      'Autoscaler web: s0-kafka-orders above its target of 50',
    ],
    [
      'All metrics below target',
      resource('cpu', 70),
      'Autoscaler web: all metrics below their targets',
    ],
    [
      'Current number of replicas above Spec.MaxReplicas',
      resource('cpu', 70),
      'Autoscaler web: more pods than its maximum',
    ],
    [
      'Current number of replicas below Spec.MinReplicas',
      resource('cpu', 70),
      'Autoscaler web: fewer pods than its minimum',
    ],
    [
      'a metric of a later spec above target',
      resource('cpu', 70),
      'Autoscaler web: a metric of a later spec above its target',
    ],
    ['new words', resource('cpu', 70), 'Autoscaler web: new words'],
  ])('explains "%s"', (reason, metric, words) => {
    const [activity] = activitiesOf({
      hpa: hpa(metric),
      events: [rescale(5, reason)],
    });
    expect(explainActivity(activity)).toBe(words);
    expect(activity).toMatchObject({
      kind: 'capacity-change',
      status: 'successful',
      causeKind: 'policy',
      toCapacity: 5,
      startedAt: new Date(ago(60)).toISOString(),
    });
  });

  it('takes the old size from the event of the Deployment, as one change', () => {
    const activities = activitiesOf({
      hpa: hpa(resource('cpu', 70)),
      events: [
        rescale(5, CPU),
        event(
          DEPLOYMENT,
          'ScalingReplicaSet',
          'Scaled up replica set web-3 from 2 to 5',
          { seconds: 59 },
        ),
      ],
    });
    expect(activities.map(explainActivity)).toEqual([
      'Autoscaler web: CPU utilisation above its target of 70 % → +3 (2 → 5)',
    ]);
    expect(activities[0]).toMatchObject({ threshold: 70, unit: '%' });
  });

  it('reports a rescale that failed, with the error', () => {
    const [activity] = activitiesOf({
      hpa: hpa(),
      events: [
        event(
          HPA,
          'FailedRescale',
          'New size: 5; reason: All metrics below target; error: the server was unable to respond',
        ),
      ],
    });
    expect(activity).toMatchObject({
      status: 'failed',
      message: 'the server was unable to respond',
    });
  });

  it.each([
    [
      'KEDAScaleTargetActivated',
      'Scaled apps/v1.Deployment shop/web from 0 to 1, triggered by s0-cron',
      'KEDA web: a trigger became active → +1 (0 → 1)',
    ],
    [
      'KEDAScaleTargetDeactivated',
      'Deactivated apps/v1.Deployment shop/web from 1 to 0',
      'KEDA web: no trigger is active → −1 (1 → 0)',
    ],
  ])('explains %s of KEDA', (reason, message, words) => {
    const activities = activitiesOf({
      scaledObject: { metadata: { name: 'web' } },
      events: [event({ kind: 'ScaledObject', name: 'web' }, reason, message)],
    });
    expect(activities.map(explainActivity)).toEqual([words]);
  });

  it.each([
    [
      'KEDAScaleTargetActivationFailed',
      'Failed to scale apps/v1.Deployment shop/web from 0 to 1: forbidden',
      'KEDA web: a trigger became active → +1 (0 → 1)',
    ],
    [
      'KEDAScaleTargetDeactivationFailed',
      'Failed to deactivate apps/v1.Deployment shop/web from 1 to 0: forbidden',
      'KEDA web: no trigger is active → −1 (1 → 0)',
    ],
  ])('reports %s of KEDA, with the error', (reason, message, words) => {
    const [activity] = activitiesOf({
      scaledObject: { metadata: { name: 'web' } },
      events: [event({ kind: 'ScaledObject', name: 'web' }, reason, message)],
    });
    expect(activity).toMatchObject({ status: 'failed', message: 'forbidden' });
    expect(explainActivity(activity)).toBe(words);
  });

  it('knows the metric of each of several autoscalers', () => {
    const other = hpa(resource('memory', 80));
    const [activity] = activitiesOf({
      hpa: hpa(resource('cpu', 70)),
      otherHpas: [{ ...other, metadata: { name: 'web-memory' } }],
      events: [
        event(
          { ...HPA, name: 'web-memory' },
          'SuccessfulRescale',
          'New size: 5; reason: memory resource utilization (percentage of request) above target',
        ),
      ],
    });
    expect(explainActivity(activity)).toBe(
      'Autoscaler web-memory: Memory utilisation above its target of 80 %',
    );
  });

  it('does not take a word of every object for a known reason', () => {
    const [activity] = activitiesOf({
      hpa: hpa(),
      events: [rescale(5, 'constructor')],
    });
    expect(explainActivity(activity)).toBe('Autoscaler web: constructor');
  });
});

describe('a change of replicas', () => {
  const scaled = (message: string, seconds = 60) =>
    event(DEPLOYMENT, 'ScalingReplicaSet', message, { seconds });

  it.each([
    'Scaled up replica set web-3 from 2 to 4',
    'Scaled up replica set web-3 to 4 from 2',
  ])('is manual without an autoscaler: %s', message => {
    const activities = activitiesOf({ events: [scaled(message)] });
    expect(activities.map(explainActivity)).toEqual([
      'The number of replicas was changed by hand or by a deployment tool → +2 (2 → 4)',
    ]);
    expect(activities[0].causeKind).toBe('manual');
  });

  it('may be that of an autoscaler whose event was repeated around it', () => {
    const causesWith = (count: number, first = 3_000) =>
      activitiesOf({
        hpa: { metadata: { name: 'web' } },
        events: [
          scaled('Scaled up replica set web-3 from 4 to 5', 1_500),
          event(HPA, 'SuccessfulRescale', 'New size: 5; reason: x', {
            ...{ seconds: 200, firstTimestamp: ago(first), count },
          }),
        ],
      })
        .filter(({ description }) => description?.startsWith('Scaled up'))
        .map(({ causeKind }) => causeKind);
    expect(causesWith(3)).toEqual(['unknown']);
    // All times of an event that occurred twice are known.
    expect(causesWith(2)).toEqual(['manual']);
    expect(causesWith(3, 900)).toEqual(['manual']);
  });

  it('has an unknown cause if the event of an autoscaler may be gone', () => {
    const repeated = event(
      DEPLOYMENT,
      'ScalingReplicaSet',
      'Scaled up replica set web-3 from 2 to 4',
      { seconds: 60, firstTimestamp: ago(7_000), count: 2 },
    );
    expect(
      activitiesOf({ events: [repeated] }).map(({ causeKind }) => causeKind),
    ).toEqual(['unknown', 'manual']);
  });

  it('is a pause of KEDA at this size', () => {
    const [activity] = activitiesOf({
      scaledObject: {
        metadata: {
          annotations: { 'autoscaling.keda.sh/paused-replicas': '4' },
        },
      },
      events: [scaled('Scaled up replica set web-3 from 2 to 4')],
    });
    expect(activity.causeKind).toBe('manual');
    expect(explainActivity(activity)).toBe(
      'Someone paused the autoscaling of KEDA at 4 replicas (annotation autoscaling.keda.sh/paused-replicas) → +2 (2 → 4)',
    );
  });

  it('has an unknown cause if autoscalers cannot be read', () => {
    const [activity] = activitiesOf({
      events: [scaled('Scaled up replica set web-3 from 2 to 4')],
      freshAt: { deployments: NOW, pods: NOW, events: NOW },
    });
    expect(activity.causeKind).toBe('unknown');
    expect(explainActivity(activity)).toContain('replicas was changed');
  });

  it('waits for the event of an autoscaler', () => {
    const events = [scaled('Scaled up replica set web-3 from 2 to 4', 3)];
    expect(activitiesOf({ hpa: hpa(), events })).toEqual([]);
    expect(activitiesOf({ events })).toHaveLength(1);
  });

  it('has an unknown cause if rollouts cannot be read', () => {
    const freshAt = Object.fromEntries(
      ['deployments', 'horizontalpodautoscalers', 'events'].map(kind => [
        kind,
        NOW,
      ]),
    );
    const [activity] = activitiesOf({
      events: [scaled('Scaled up replica set web-3 from 2 to 4')],
      freshAt,
    });
    expect(activity.causeKind).toBe('unknown');
  });

  it('of Argo counts only after the rollout: a canary has steps', () => {
    const changesOf = (completed: string) =>
      activitiesOf({
        workload: {
          kind: 'Rollout',
          metadata: { name: 'web', namespace: 'shop' },
          spec: {},
          status: {
            conditions: [
              {
                type: 'Completed',
                status: completed,
                lastTransitionTime: ago(600),
              },
            ],
          },
        },
        events: [
          event(
            { kind: 'Rollout', name: 'web' },
            'ScalingReplicaSet',
            'Scaled up ReplicaSet web-abc (revision 3) from 2 to 4',
          ),
        ],
      });
    expect(changesOf('False')).toEqual([]);
    expect(changesOf('True')).toMatchObject([
      { causeKind: 'manual', fromCapacity: 2, toCapacity: 4 },
    ]);
  });

  it('after a rollout is a change of its own', () => {
    const changesOf = (endedSecondsAgo: number) =>
      activitiesOf({
        workload: deployment({
          status: {
            conditions: [
              {
                type: 'Progressing',
                status: 'True',
                reason: 'NewReplicaSetAvailable',
                lastUpdateTime: ago(endedSecondsAgo),
              },
            ],
          },
        }),
        revisions: [replicaSet('web-3', 3, { seconds: 300 })],
        events: [
          scaled('Scaled up replica set web-3 from 0 to 2', 300),
          scaled('Scaled up replica set web-3 from 2 to 4', 60),
        ],
      });
    expect(changesOf(290)).toMatchObject([
      { causeKind: 'manual', fromCapacity: 2, toCapacity: 4 },
    ]);
    // It may be a step of a rollout that ended only then.
    expect(changesOf(30)).toEqual([]);
  });

  it('is no change of its own during a rollout', () => {
    expect(
      activitiesOf({
        revisions: [
          replicaSet('web-3', 3),
          replicaSet('web-4', 4, { seconds: 90 }),
        ],
        events: [
          scaled('Scaled up replica set web-4 from 0 to 1', 89),
          scaled('Scaled down replica set web-3 from 2 to 1', 60),
        ],
      }),
    ).toEqual([]);
  });
});
