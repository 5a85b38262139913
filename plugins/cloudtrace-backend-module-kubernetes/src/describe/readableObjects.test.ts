import {
  ago,
  describeChanged,
  event,
  node,
  unready,
  workload,
} from '../testUtils/workloadObjects';
import type {
  WatchedKind,
  WatchedObject,
  WorkloadObjects,
} from '../objects/types';

const container = { name: 'app', image: 'web:1.3' };
const probe = { httpGet: { path: '/ready', port: 8080 } };
const templateOf = (more: object) => ({
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    replicas: 2,
    template: { spec: { containers: [{ ...container, ...more }] } },
  },
  status: { replicas: 2, readyReplicas: 2 },
});

/** A report whose kinds were confirmed these seconds ago; the others are fresh. */
const confirmed = (
  secondsAgo: Partial<Record<WatchedKind, number>>,
  changes: Partial<WorkloadObjects> = {},
) =>
  describeChanged({
    ...changes,
    freshAt: {
      ...workload().freshAt,
      ...Object.fromEntries(
        Object.entries(secondsAgo).map(([kind, seconds]) => [
          kind,
          new Date(ago(seconds)),
        ]),
      ),
    },
  });
const at = (seconds: number) => new Date(ago(seconds)).toISOString();

describe('a watch that is not confirmed yet', () => {
  it('makes its parts as old as it, but keeps what it knows', () => {
    const report = confirmed({ nodes: 90 });
    expect(report.readAt).toMatchObject({
      targets: at(90),
      instances: at(90),
      capacity: at(90),
      limits: at(0),
      activities: at(0),
    });
    expect(report.problems).toEqual([]);
  });

  it.each<[WatchedKind, string]>([
    ['nodes', 'targets'],
    ['events', 'targets'],
    ['services', 'targets'],
    ['endpointslices', 'targets'],
    ['pods', 'capacity'],
    ['deployments', 'capacity'],
    ['deployments', 'health-check'],
    ['replicasets', 'activities'],
    ['horizontalpodautoscalers', 'limits'],
    ['horizontalpodautoscalers', 'policies'],
  ])('of %s ages: %s', (kind, part) => {
    const { readAt } = confirmed(
      { [kind]: 90 },
      { workload: templateOf({ readinessProbe: probe }) },
    );
    expect(readAt).toHaveProperty([part], at(90));
  });
});

describe('a watch that broke', () => {
  const lost = new Map([
    ['node-a', node('node-a', 'eu-1a', { status: 'False' })],
    ['node-b', node('node-b', 'eu-1b')],
  ]);

  it('of nodes leaves health and zones current, and what nodes said unknown', () => {
    const fine = confirmed({}, { nodes: lost });
    expect(fine.targets![0].reasonCode).toBe('Node.NotReady');
    const report = confirmed({ nodes: 600 }, { nodes: lost });
    expect(report.readAt).toMatchObject({ targets: at(0), instances: at(0) });
    expect(report.targets).toMatchObject([
      { state: 'healthy', zone: 'eu-1a' },
      { state: 'healthy', zone: 'eu-1b' },
    ]);
    expect(report.instances![0].state).toBe('in-service');
  });

  it('of events leaves health current, and changes incomplete', () => {
    const failing = {
      pods: [unready('web-3-a', [])],
      events: [
        event(
          { kind: 'Pod', name: 'web-3-a', uid: 'uid-web-3-a' },
          'Unhealthy',
          'Readiness probe failed: 503',
        ),
      ],
    };
    expect(confirmed({}, failing).targets).toMatchObject([
      { reasonCode: 'Pod.ReadinessProbeFailed' },
    ]);
    const report = confirmed({ events: 600 }, failing);
    expect(report.targets).toMatchObject([
      { state: 'unhealthy', reasonCode: 'Pod.NotReady' },
    ]);
    expect(report.readAt!.targets).toBe(at(0));
    expect(report.incomplete).toEqual(['activities']);
  });

  it('of pods makes health unknown, not the size', () => {
    const report = confirmed({ pods: 600 });
    expect(report.targets).toBeUndefined();
    expect(report.instances).toBeUndefined();
    expect(report.group!.capacity).toMatchObject({ desired: 2, inService: 2 });
    expect(report.readAt).toMatchObject({ capacity: at(0) });
    expect(report.readAt).not.toHaveProperty('targets');
  });

  it('of Services makes unknown who receives requests', () => {
    expect(confirmed({ services: 600 }).targets).toMatchObject([
      { state: 'unknown', reasonCode: 'Pod.TrafficUnknown' },
      { state: 'unknown', reasonCode: 'Pod.TrafficUnknown' },
    ]);
  });

  it('of autoscalers makes limits, policies and metrics unknown', () => {
    const hpa = { metadata: { name: 'web' }, spec: { maxReplicas: 10 } };
    const report = confirmed({ horizontalpodautoscalers: 600 }, { hpa });
    expect(report.group!.capacity).not.toHaveProperty('max');
    expect(report.group!.policies).toBeUndefined();
    expect(report.metrics).toBeUndefined();
  });

  it('of the workload keeps the pods, and claims no size, check or rollout', () => {
    const report = confirmed(
      { deployments: 600 },
      { workload: templateOf({ readinessProbe: probe }) },
    );
    expect(report.group).toBeUndefined();
    expect(report.healthCheck).toBeUndefined();
    expect(report.activities).toEqual([]);
    expect(report.activityEnds).toEqual([]);
    expect(report.targets).toHaveLength(2);
    expect(report.problems).toEqual([]);
    expect(Object.keys(report.readAt!).sort()).toEqual([
      'activities',
      'instances',
      'metrics',
      'targets',
    ]);
  });
});

describe('a health check', () => {
  it('is none without a readiness probe, and unknown without containers', () => {
    const checkOf = (object: WatchedObject) =>
      describeChanged({ workload: object }).healthCheck;
    expect(checkOf(templateOf({ readinessProbe: probe }))).toMatchObject({
      protocol: 'HTTP',
      path: '/ready',
    });
    expect(checkOf(templateOf({}))).toBeNull();
    expect(checkOf({ kind: 'Deployment' })).toBeUndefined();
    expect(
      checkOf(templateOf({ readinessProbe: { newHandler: {} } })),
    ).toBeUndefined();
  });
});

describe('events', () => {
  const evicted = (more: object, metadata: object = {}) => {
    const each = event(
      { kind: 'Pod', name: 'web-3-a', uid: 'uid-web-3-a', ...more },
      'Evicted',
      'The node was low on resource: memory. ',
    );
    return { ...each, metadata: { ...(each.metadata as object), ...metadata } };
  };
  const removals = (...events: WatchedObject[]) =>
    describeChanged({ events, revisions: [] }).activities;

  it('of the namespace of the workload count', () => {
    expect(removals(evicted({}))).toHaveLength(1);
  });

  it('of another namespace do not, although they name the pod', () => {
    expect(removals(evicted({}, { namespace: 'evil' }))).toEqual([]);
    expect(
      removals(evicted({ namespace: 'evil' }, { namespace: 'evil' })),
    ).toEqual([]);
    expect(removals(evicted({ namespace: 'evil' }))).toEqual([]);
    expect(removals(evicted({}, { namespace: undefined }))).toEqual([]);
  });

  it('about nodes do not', () => {
    const about = { kind: 'Node', name: 'node-a', namespace: undefined };
    expect(removals(evicted(about, { namespace: 'default' }))).toEqual([]);
  });

  it.each([
    ['SuccessfulRescale', 'New size: 5; reason: All metrics below target'],
    ['KEDAScaleTargetActivated', 'Scaled Deployment shop/web from 0 to 1'],
    ['ScalingReplicaSet', 'Scaled up replica set web-3 from 2 to 4'],
    ['SuccessfulDelete', 'Deleted pod: web-3-a'],
    ['FailedCreate', 'create Pod web-0 in StatefulSet web failed error: x'],
    ['TriggeredScaleUp', 'pod triggered scale-up: [{workers 1->2 (max: 3)}]'],
    ['Nominated', 'Pod should schedule on: nodeclaim/default-x2k'],
  ])('about an object that never has them do not: %s', (reason, message) => {
    const events = [
      event(
        { kind: 'ConfigMap', name: 'web', uid: 'uid-web' },
        reason,
        message,
      ),
    ];
    const workloads = [
      undefined,
      {
        kind: 'StatefulSet',
        metadata: { name: 'web', namespace: 'shop' },
        spec: { replicas: 2 },
      },
    ];
    for (const object of workloads) {
      expect(
        describeChanged({
          events,
          revisions: [],
          ...(object && { workload: object }),
        }).activities,
      ).toEqual([]);
    }
  });
});
