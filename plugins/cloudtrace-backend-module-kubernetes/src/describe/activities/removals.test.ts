import { explainActivity } from '@cloudtrace/plugin-cloudtrace-common';
import {
  ago,
  describeChanged,
  event,
  node,
  pod,
  replicaSet,
} from '../../testUtils/workloadObjects';
import type { WorkloadObjects } from '../../objects/types';

const POD = { kind: 'Pod', name: 'web-3-a', uid: 'uid-web-3-a' };

/** The activities without the rollout that every Deployment has. */
const activitiesOf = (changes: Partial<WorkloadObjects>) =>
  describeChanged(changes).activities!.filter(
    ({ activityId }) => !activityId.startsWith('rollout/'),
  );

describe('a pod that the cluster takes away', () => {
  const removed = (reason: string, message: string) =>
    activitiesOf({ events: [event(POD, reason, message)] });

  it.each([
    [
      'TaintManagerEviction',
      'Marking for deletion Pod shop/web-3-a',
      'health-replacement',
      /node failed or was tainted/,
    ],
    [
      'Evicted',
      'The node was low on resource: memory. ',
      'health-replacement',
      /evicted by its node/,
    ],
    [
      'Evicted',
      'Evicted pod: Underutilized',
      'rebalance',
      /autoscaler is removing its node/,
    ],
    [
      'NodeControllerEviction',
      'Marking for deletion Pod web-3-a from Node node-a',
      'health-replacement',
      /node failed or was tainted/,
    ],
    [
      'Preempting',
      'Preempted in order to admit critical pod',
      'interruption',
      /higher priority/,
    ],
    [
      'Preempted',
      'Preempted by pod 1 on node node-a',
      'interruption',
      /higher priority/,
    ],
    [
      'Disrupted',
      'Deleting the pod to accommodate the terminationTime 2026-11-30 12:10:00 of the node. The pod was granted 30 seconds of grace-period of its 60 terminationGracePeriodSeconds. This bypasses the PDB of the pod and the do-not-disrupt annotation.',
      'rebalance',
      /autoscaler is removing its node/,
    ],
    [
      'ScaleDown',
      'deleting pod for node scale down',
      'rebalance',
      /autoscaler is removing its node/,
    ],
  ])('by %s: %s', (reason, message, causeKind, words) => {
    const activities = removed(reason, message);
    expect(activities).toMatchObject([
      { kind: 'terminate', causeKind, instanceIds: ['web-3-a'] },
    ]);
    expect(explainActivity(activities[0])).toMatch(words);
  });

  it('is not removed if the deletion is cancelled', () => {
    expect(
      removed(
        'TaintManagerEviction',
        'Cancelling deletion of Pod shop/web-3-a',
      ),
    ).toEqual([]);
  });

  it.each([
    ['EvictionByEvictionAPI', {}, 'maintenance', /Eviction API/],
    [
      'EvictionByEvictionAPI',
      { unschedulable: true },
      'maintenance',
      /node node-a, which is being drained/,
    ],
    ['DeletionByTaintManager', {}, 'health-replacement', /tainted/],
    ['DeletionByPodGC', {}, 'health-replacement', /no longer exists/],
    ['PreemptionByScheduler', {}, 'interruption', /higher priority/],
    ['TerminationByKubelet', {}, 'health-replacement', /evicted/],
  ])(
    'by its condition %s on a node with %j',
    (reason, spec, causeKind, words) => {
      const conditions = [
        {
          type: 'DisruptionTarget',
          status: 'True',
          reason,
          lastTransitionTime: ago(30),
        },
      ];
      const activities = activitiesOf({
        pods: [pod('web-3-a', { status: { conditions } })],
        nodes: new Map([['node-a', node('node-a', 'eu-1a', undefined, spec)]]),
      });
      expect(activities).toMatchObject([{ kind: 'terminate', causeKind }]);
      expect(explainActivity(activities[0])).toMatch(words);
    },
  );

  it('is one removal by its event and its condition, and has a replacement', () => {
    const conditions = [
      {
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'DeletionByTaintManager',
        lastTransitionTime: ago(61),
      },
    ];
    const activities = activitiesOf({
      pods: [pod('web-3-a', { status: { conditions } })],
      events: [
        event(
          POD,
          'TaintManagerEviction',
          'Marking for deletion Pod shop/web-3-a',
        ),
        event(
          { kind: 'ReplicaSet', name: 'web-3' },
          'SuccessfulCreate',
          'Created pod: web-3-c',
          { seconds: 59 },
        ),
        event(
          { kind: 'ReplicaSet', name: 'web-3' },
          'SuccessfulCreate',
          'Created pod: web-3-b',
          { seconds: 900 },
        ),
      ],
    });
    expect(activities.map(a => [a.kind, a.causeKind, a.instanceIds])).toEqual([
      ['terminate', 'health-replacement', ['web-3-a']],
      ['launch', 'health-replacement', ['web-3-c']],
    ]);
  });

  it('by its controller is a rollout only if a newer revision exists', () => {
    const deleted = (name: string, more: object = {}) =>
      activitiesOf({
        events: [
          event(
            { kind: 'ReplicaSet', name: 'web-3' },
            'SuccessfulDelete',
            `Deleted pod: ${name}`,
          ),
        ],
        ...more,
      });
    expect(deleted('web-3-x')).toMatchObject([
      { kind: 'terminate', causeKind: 'unknown', instanceIds: ['web-3-x'] },
    ]);
    expect(
      deleted('web-3-x', {
        revisions: [
          replicaSet('web-3', 3),
          replicaSet('web-4', 4, { seconds: 300 }),
        ],
      }),
    ).toMatchObject([{ causeKind: 'instance-refresh' }]);
  });

  it('is a rollout if an undo has just added pods of another revision', () => {
    const [activity] = activitiesOf({
      revisions: [
        replicaSet('web-2', 4, { seconds: 9000 }),
        replicaSet('web-3', 3),
      ],
      events: [
        event(
          { kind: 'Deployment', name: 'web' },
          'ScalingReplicaSet',
          'Scaled up replica set web-2 from 1 to 2',
          { seconds: 61 },
        ),
        event(
          { kind: 'ReplicaSet', name: 'web-3' },
          'SuccessfulDelete',
          'Deleted pod: web-3-x',
        ),
      ],
    }).filter(({ kind }) => kind === 'terminate');
    expect(activity.causeKind).toBe('instance-refresh');
    expect(explainActivity(activity)).toBe(
      'Pod of another revision removed by a rollout → −1',
    );
  });
});
