import {
  ago,
  deployment,
  describeChanged,
  event,
  pod,
  replicaSet,
} from '../../testUtils/workloadObjects';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';

const HOUR_S = 3_600;
/** What the provider stored up to ten minutes ago. */
const since = new Date(ago(600));
const rolloutOf = (changes: Partial<WorkloadObjects>) =>
  describeChanged(changes, since).activities!.find(({ activityId }) =>
    activityId.startsWith('rollout/'),
  );
const endsOf = (changes: Partial<WorkloadObjects>) =>
  Object.fromEntries(
    describeChanged(changes, since).activityEnds!.map(
      ({ activityId, ...end }) => [activityId, end],
    ),
  );
const at = (seconds: number) => new Date(ago(seconds)).toISOString();

const revision = (name: string, number: number, seconds: number) => ({
  kind: 'ControllerRevision',
  revision: number,
  metadata: {
    ...{ name, uid: name, creationTimestamp: ago(seconds) },
    labels: { 'controller-revision-hash': name.replace('db-', '') },
  },
});
const podOf = (name: string, hash: string, seconds: number) =>
  pod(name, {
    metadata: {
      creationTimestamp: ago(seconds),
      labels: { 'controller-revision-hash': hash },
    },
  });
const statefulSet = (status: object): WatchedObject => ({
  kind: 'StatefulSet',
  metadata: { name: 'db', namespace: 'shop' },
  spec: { replicas: 2 },
  status: { replicas: 2, readyReplicas: 2, ...status },
});
const progressing = (reason: string, more: object = {}) =>
  deployment({
    status: {
      conditions: [{ type: 'Progressing', status: 'True', reason, ...more }],
    },
  });

describe('a long rollout', () => {
  const revisions = [
    revision('db-2', 2, 5 * HOUR_S),
    revision('db-1', 1, 90_000),
  ];

  it('of a StatefulSet ends, although it began hours ago and its end has no time', () => {
    const running = statefulSet({
      updateRevision: 'db-2',
      currentRevision: 'db-1',
      updatedReplicas: 1,
    });
    expect(rolloutOf({ workload: running, revisions })).toMatchObject({
      status: 'in-progress',
      startedAt: at(5 * HOUR_S),
    });
    expect(endsOf({ workload: running, revisions })).not.toHaveProperty([
      'rollout/db-2/2',
    ]);
    const done = statefulSet({
      updateRevision: 'db-2',
      currentRevision: 'db-2',
      updatedReplicas: 2,
    });
    expect(endsOf({ workload: done, revisions })).toMatchObject({
      'rollout/db-2/2': { status: 'successful' },
    });
  });

  it('of a StatefulSet with the strategy OnDelete ends when all pods are new', () => {
    const onDelete = (updatedReplicas: number) => ({
      ...statefulSet({
        updateRevision: 'db-2',
        currentRevision: 'db-1',
        updatedReplicas,
      }),
      spec: { replicas: 2, updateStrategy: { type: 'OnDelete' } },
    });
    expect(rolloutOf({ workload: onDelete(1), revisions })).toMatchObject({
      status: 'in-progress',
    });
    expect(endsOf({ workload: onDelete(2), revisions })).toMatchObject({
      'rollout/db-2/2': { status: 'successful' },
    });
  });

  it('of a StatefulSet with a partition ends when the pods beyond it are new', () => {
    const partitioned = (updatedReplicas: number) => ({
      ...statefulSet({
        updateRevision: 'db-2',
        currentRevision: 'db-1',
        updatedReplicas,
      }),
      spec: {
        replicas: 2,
        updateStrategy: {
          type: 'RollingUpdate',
          rollingUpdate: { partition: 1 },
        },
      },
    });
    expect(rolloutOf({ workload: partitioned(0), revisions })).toMatchObject({
      status: 'in-progress',
    });
    expect(endsOf({ workload: partitioned(1), revisions })).toMatchObject({
      'rollout/db-2/2': { status: 'successful' },
    });
  });

  it('of a DaemonSet ends', () => {
    const workload = {
      kind: 'DaemonSet',
      metadata: { name: 'db', namespace: 'shop' },
      status: { desiredNumberScheduled: 3, updatedNumberScheduled: 3 },
    };
    expect(endsOf({ workload, revisions })).toMatchObject({
      'rollout/db-2/2': { status: 'successful' },
      'rollout/db-1/1': { status: 'cancelled', endedAt: at(5 * HOUR_S) },
    });
  });

  it('that fails without a time is reported as failed', () => {
    const quota = {
      type: 'ReplicaFailure',
      ...{ status: 'True', reason: 'FailedCreate', message: 'exceeded quota' },
    };
    const workload = deployment({
      status: {
        conditions: [
          { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated' },
          quota,
        ],
      },
    });
    expect(rolloutOf({ workload })).toMatchObject({
      status: 'failed',
      startedAt: at(7200),
    });
  });

  it('of Argo that is aborted ends when it was aborted', () => {
    const workload = {
      kind: 'Rollout',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {},
      status: {
        ...{ currentPodHash: 'abc', phase: 'Degraded', abort: true },
        ...{ abortedAt: ago(60), message: 'RolloutAborted: by user' },
      },
    };
    const replicaSets = [
      {
        metadata: {
          name: 'web-abc',
          creationTimestamp: ago(7200),
          labels: { 'rollouts-pod-template-hash': 'abc' },
        },
      },
    ];
    expect(rolloutOf({ workload, revisions: replicaSets })).toMatchObject({
      status: 'failed',
      endedAt: at(60),
    });
  });
});

describe('a rollout that another one replaces', () => {
  it('is over when the other one begins', () => {
    const revisions = [
      replicaSet('web-3', 3, { seconds: 300 }),
      replicaSet('web-2', 2, { seconds: 900 }),
    ];
    expect(
      endsOf({ workload: progressing('ReplicaSetUpdated'), revisions }),
    ).toEqual({
      'rollout/uid-web-2/2': { status: 'cancelled', endedAt: at(300) },
    });
  });

  it('is over although its ReplicaSet is rolled out again', () => {
    const reused = replicaSet('web-1', 3, { seconds: 9000 });
    const metadata = reused.metadata as Record<string, object>;
    const revisions = [
      {
        ...reused,
        metadata: {
          ...metadata,
          annotations: {
            ...metadata.annotations,
            'deployment.kubernetes.io/revision-history': '1',
          },
        },
      },
      replicaSet('web-2', 2, { seconds: 900 }),
    ];
    const events = [
      event(
        { kind: 'Deployment', name: 'web' },
        'ScalingReplicaSet',
        'Scaled up replica set web-1 from 0 to 1',
        { seconds: 120 },
      ),
    ];
    const changes = {
      workload: progressing('ReplicaSetUpdated'),
      revisions,
      events,
    };
    expect(rolloutOf(changes)).toMatchObject({
      activityId: 'rollout/uid-web-1/3',
      status: 'in-progress',
      startedAt: at(120),
    });
    expect(endsOf(changes)).toEqual({
      'rollout/uid-web-1/1': { status: 'cancelled', endedAt: at(120) },
      'rollout/uid-web-2/2': { status: 'cancelled', endedAt: at(120) },
    });
  });
});

describe('an undo', () => {
  // db-1 is rolled out again, with a new number.
  const revisions = [revision('db-1', 3, 90_000), revision('db-2', 2, HOUR_S)];
  const undone = (updatedReplicas: number) =>
    statefulSet({
      ...{ updateRevision: 'db-1', currentRevision: 'db-1', updatedReplicas },
    });

  it('of a StatefulSet begins with its first new pod', () => {
    const changes = {
      workload: undone(1),
      revisions,
      pods: [podOf('db-0', 'db-2', 2000), podOf('db-1', 'db-1', 120)],
    };
    expect(rolloutOf(changes)).toMatchObject({
      activityId: 'rollout/db-1/3',
      status: 'in-progress',
      startedAt: at(120),
    });
    expect(endsOf(changes)).toEqual({
      'rollout/db-2/2': { status: 'cancelled', endedAt: at(120) },
    });
  });

  it('has not begun while all pods are those of the other revision', () => {
    const changes = {
      workload: undone(0),
      revisions,
      pods: [podOf('db-0', 'db-2', 2000), podOf('db-1', 'db-1', 80_000)],
    };
    expect(rolloutOf(changes)).toBeUndefined();
    expect(endsOf(changes)).toEqual({});
  });

  it('ends, and pods that are replaced later do not begin it again', () => {
    const changes = {
      workload: undone(2),
      revisions,
      pods: [podOf('db-0', 'db-1', 20), podOf('db-1', 'db-1', 10)],
    };
    expect(rolloutOf(changes)).toBeUndefined();
    expect(endsOf(changes)).toMatchObject({
      'rollout/db-1/3': { status: 'successful' },
    });
  });

  it('of a DaemonSet begins with its first new pod', () => {
    const workload = {
      kind: 'DaemonSet',
      metadata: { name: 'db', namespace: 'shop' },
      status: { desiredNumberScheduled: 2, updatedNumberScheduled: 1 },
    };
    const pods = [podOf('db-x', '1', 200), podOf('db-y', '2', 3000)];
    expect(rolloutOf({ workload, revisions, pods })).toMatchObject({
      startedAt: at(200),
      status: 'in-progress',
    });
  });

  it('of a Deployment whose event is gone begins with its first new pod', () => {
    const own = (name: string, owner: string, seconds: number) =>
      pod(name, {
        metadata: {
          creationTimestamp: ago(seconds),
          ownerReferences: [{ kind: 'ReplicaSet', uid: `uid-${owner}` }],
        },
      });
    expect(
      rolloutOf({
        workload: progressing('ReplicaSetUpdated', { lastUpdateTime: ago(5) }),
        revisions: [
          replicaSet('web-1', 3, { seconds: 90_000 }),
          replicaSet('web-2', 2, { seconds: 9000 }),
        ],
        pods: [own('a', 'web-1', 4000), own('b', 'web-2', 8000)],
      }),
    ).toMatchObject({ status: 'in-progress', startedAt: at(4000) });
  });
});
