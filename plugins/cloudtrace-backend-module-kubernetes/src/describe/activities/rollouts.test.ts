import {
  explainActivity,
  nextStepOfFailure,
  type ScalingActivity,
} from '@cloudtrace/plugin-cloudtrace-common';
import {
  ago,
  deployment,
  describeChanged,
  event,
  replicaSet,
} from '../../testUtils/workloadObjects';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';

/** The activities without the rollout that every Deployment has. */
const activitiesOf = (changes: Partial<WorkloadObjects>) =>
  describeChanged(changes).activities!.filter(
    ({ activityId }) => !activityId.startsWith('rollout/'),
  );

describe('a rollout', () => {
  const rolloutOf = (changes: Partial<WorkloadObjects>) =>
    describeChanged(changes).activities!.filter(({ activityId }) =>
      activityId.startsWith('rollout/'),
    )[0];
  const progressing = (status: string, reason: string, message = '') => ({
    type: 'Progressing',
    status,
    reason,
    message,
    lastUpdateTime: ago(60),
  });
  const withConditions = (...conditions: object[]) =>
    rolloutOf({ workload: deployment({ status: { conditions } }) });
  const quota = {
    type: 'ReplicaFailure',
    status: 'True',
    reason: 'FailedCreate',
    message:
      'pods "web-3-x" is forbidden: exceeded quota: compute, requested: cpu=1, used: cpu=4, limited: cpu=4',
    lastTransitionTime: ago(90),
  };

  it('is a deploy with its revision and image', () => {
    const rollout = rolloutOf({});
    expect(explainActivity(rollout)).toBe('Rollout of revision 3: web:1.3');
    expect(rollout).toMatchObject({
      activityId: 'rollout/uid-web-3/3',
      kind: 'rollout',
      causeKind: 'instance-refresh',
      status: 'successful',
      startedAt: new Date(ago(7200)).toISOString(),
      endedAt: new Date(ago(7100)).toISOString(),
    });
  });

  describe('that undoes one that hangs', () => {
    // Revision 4 never replaced revision 3, which gets the number 5.
    const reused = {
      ...replicaSet('web-3', 5, { seconds: 7200 }),
      metadata: {
        name: 'web-3',
        creationTimestamp: ago(7200),
        annotations: {
          'deployment.kubernetes.io/revision': '5',
          'deployment.kubernetes.io/revision-history': '3',
        },
      },
    };
    const startOf = (...messages: string[]) =>
      rolloutOf({
        workload: deployment({
          metadata: {
            annotations: { 'deployment.kubernetes.io/revision': '5' },
          },
          status: {
            conditions: [progressing('True', 'NewReplicaSetAvailable')],
          },
        }),
        revisions: [reused, replicaSet('web-4', 4, { seconds: 600 })],
        pods: [],
        events: [
          ['Scaled up replica set web-3 from 0 to 2', 7200] as const,
          ['Scaled up replica set web-4 from 0 to 1', 599] as const,
          ...messages.map((message, i) => [message, 90 - i] as const),
        ].map(([message, seconds]) =>
          event(
            { kind: 'Deployment', name: 'web' },
            'ScalingReplicaSet',
            message,
            { seconds },
          ),
        ),
      })?.startedAt;

    it.each([
      [
        'adds pods of its revision',
        ['Scaled up replica set web-3 from 1 to 2'],
      ],
      [
        'only removes the pods of the other',
        ['Scaled down replica set web-4 from 1 to 0'],
      ],
    ])('begins when it %s', (_, messages) => {
      expect(startOf(...messages)).toBe(new Date(ago(90)).toISOString());
    });

    it('is not reported without a trace of its beginning', () => {
      expect(startOf()).toBeUndefined();
    });
  });

  it.each<[string, object[], Partial<ScalingActivity>, RegExp | undefined]>([
    [
      'progresses',
      [progressing('True', 'ReplicaSetUpdated')],
      { status: 'in-progress', endedAt: undefined },
      undefined,
    ],
    ...[
      'NewReplicaSetCreated',
      'FoundNewReplicaSet',
      'ReplicaSetCreateError',
      'DeploymentResumed',
    ].map((reason): [string, object[], Partial<ScalingActivity>, undefined] => [
      `says ${reason}`,
      [progressing('True', reason)],
      { status: 'in-progress', vendorStatus: reason },
      undefined,
    ]),
    [
      'is paused',
      [progressing('Unknown', 'DeploymentPaused')],
      { status: 'in-progress', vendorStatus: 'DeploymentPaused' },
      undefined,
    ],
    [
      'hangs',
      [
        progressing(
          'False',
          'ProgressDeadlineExceeded',
          'ReplicaSet "web-3" has timed out progressing.',
        ),
      ],
      {
        status: 'failed',
        message:
          'ProgressDeadlineExceeded: ReplicaSet "web-3" has timed out progressing.',
      },
      /kubectl rollout undo/,
    ],
    [
      'exceeds a quota',
      [progressing('True', 'ReplicaSetUpdated'), quota],
      { status: 'failed', vendorStatus: 'ReplicaFailure' },
      /ResourceQuota/,
    ],
    [
      'hangs because of a quota',
      [progressing('False', 'ProgressDeadlineExceeded', 'x'), quota],
      { status: 'failed', vendorStatus: 'ProgressDeadlineExceeded' },
      /ResourceQuota/,
    ],
    [
      'has a new reason',
      [progressing('True', 'NewReason')],
      { status: 'unknown', vendorStatus: 'NewReason' },
      undefined,
    ],
  ])('that %s says so', (_, conditions, expected, next) => {
    const rollout = withConditions(...conditions);
    expect(rollout).toMatchObject(expected);
    if (next) expect(nextStepOfFailure(rollout.message)).toMatch(next);
    else expect(rollout.message).toBeUndefined();
  });

  it('that is done does not hide that pods cannot be created', () => {
    const [failure] = activitiesOf({
      workload: deployment({
        status: {
          conditions: [progressing('True', 'NewReplicaSetAvailable'), quota],
        },
      }),
    });
    expect(failure).toMatchObject({ kind: 'launch', status: 'failed' });
    expect(nextStepOfFailure(failure.message)).toMatch(/ResourceQuota/);
  });

  it.each([
    [
      'violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
      /Pod Security/,
    ],
    ['maximum cpu usage per Container is 1, but limit is 2', /LimitRange/],
    [
      'error looking up service account shop/web: serviceaccount "web" not found',
      /ServiceAccount/,
    ],
    [
      'admission webhook "policy.example.com" denied the request: no digest',
      /policy in the message/,
    ],
    [
      'failed calling webhook "policy.example.com": connection refused',
      /webhook runs/,
    ],
  ])('advises on: %s', (error, next) => {
    expect(
      nextStepOfFailure(
        `FailedCreate: Error creating: pods "web-3-x" is forbidden: ${error}`,
      ),
    ).toMatch(next);
  });

  it('of a StatefulSet or DaemonSet is known from its revisions', () => {
    const revision = (name: string, number: number) => ({
      kind: 'ControllerRevision',
      revision: number,
      metadata: { name, uid: name, creationTimestamp: ago(600) },
    });
    const template = {
      template: { spec: { containers: [{ image: 'shop/db:2' }] } },
    };
    const set = (currentRevision: string) => ({
      kind: 'StatefulSet',
      metadata: { name: 'db' },
      spec: { replicas: 2, ...template },
      status: { readyReplicas: 2, updateRevision: 'db-2', currentRevision },
    });
    const revisions = [revision('db-2', 2), revision('db-1', 1)];
    expect(rolloutOf({ workload: set('db-2'), revisions })).toMatchObject({
      status: 'successful',
      cause: 'Rollout of revision 2: db:2',
    });
    expect(rolloutOf({ workload: set('db-1'), revisions })).toMatchObject({
      status: 'in-progress',
    });
    expect(
      rolloutOf({
        revisions,
        workload: {
          kind: 'DaemonSet',
          metadata: { name: 'db' },
          spec: template,
          status: { desiredNumberScheduled: 3, updatedNumberScheduled: 1 },
        },
      }),
    ).toMatchObject({ status: 'in-progress', activityId: 'rollout/db-2/2' });
  });

  it.each([
    [
      { phase: 'Degraded', message: 'ProgressDeadlineExceeded: timed out' },
      'failed',
    ],
    [
      { phase: 'Degraded', abort: true, message: 'RolloutAborted: by user' },
      'failed',
    ],
    [{ phase: 'Paused', message: 'CanaryPauseStep' }, 'in-progress'],
    [{ phase: 'Progressing' }, 'in-progress'],
    [{ phase: 'Healthy' }, 'successful'],
    [{ phase: 'Dreaming' }, 'unknown'],
    [
      {
        phase: 'Degraded',
        conditions: [{ type: 'Completed', status: 'True' }],
      },
      'successful',
    ],
  ])('of Argo in %j', (status, expected) => {
    expect(
      rolloutOf({
        workload: {
          kind: 'Rollout',
          metadata: { name: 'web' },
          spec: {},
          status: { currentPodHash: 'abc', ...status },
        },
        revisions: [
          {
            metadata: {
              name: 'web-abc',
              creationTimestamp: ago(60),
              labels: { 'rollouts-pod-template-hash': 'abc' },
            },
          },
        ],
      }).status,
    ).toBe(expected);
  });

  it('stays successful if a pod fails later', () => {
    const revisions = [
      {
        kind: 'ControllerRevision',
        revision: 1,
        metadata: { name: 'db-1', creationTimestamp: ago(600) },
      },
    ];
    const statusOf = (workload: WatchedObject) =>
      rolloutOf({ workload, revisions }).status;
    expect(
      statusOf({
        kind: 'StatefulSet',
        spec: { replicas: 3 },
        status: {
          readyReplicas: 2,
          updateRevision: 'db-1',
          currentRevision: 'db-1',
        },
      }),
    ).toBe('successful');
    expect(
      statusOf({
        kind: 'DaemonSet',
        status: {
          desiredNumberScheduled: 3,
          updatedNumberScheduled: 3,
          numberAvailable: 2,
        },
      }),
    ).toBe('successful');
    const counts = { replicas: 2, updatedReplicas: 2, availableReplicas: 1 };
    expect(
      rolloutOf({
        workload: deployment({ status: { ...counts, conditions: [] } }),
      }).status,
    ).toBe('successful');
  });
});
