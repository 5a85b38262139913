import {
  ago,
  deployment,
  describeChanged,
  node,
  NOW,
  pod,
  RESOURCE,
  workload,
} from '../testUtils/workloadObjects';
import { describeWorkload } from './describeWorkload';

describe('describeWorkload', () => {
  it('describes a healthy workload', () => {
    const report = describeChanged();
    expect(report).toMatchObject({
      resource: RESOURCE,
      observedAt: NOW.toISOString(),
      problems: [],
      group: {
        name: 'web',
        zones: ['eu-1a', 'eu-1b'],
        policies: [],
        capacity: {
          ...{ min: 2, desired: 2, max: 2, inService: 2 },
          ...{ pending: 0, terminating: 0 },
        },
      },
      instances: [
        {
          instanceId: 'web-3-a',
          zone: 'eu-1a',
          state: 'in-service',
          vendorState: 'Running',
          instanceType: 'm7g.large',
          launchedAt: new Date(ago(3590)).toISOString(),
        },
        { instanceId: 'web-3-b', zone: 'eu-1b' },
      ],
      targets: [
        {
          targetId: 'web-3-a',
          instanceId: 'web-3-a',
          state: 'healthy',
          port: 8080,
          zone: 'eu-1a',
          since: new Date(ago(3500)).toISOString(),
        },
        { targetId: 'web-3-b', state: 'healthy', zone: 'eu-1b' },
      ],
    });
  });

  it('counts pods instead of zeros that no controller wrote', () => {
    const ready = pod('agent-1');
    const group = (kind: string, spec: object) =>
      describeWorkload(
        workload({
          workload: {
            kind,
            metadata: { name: 'agent' },
            spec: spec as never,
            status: {
              desiredNumberScheduled: 0,
              numberReady: 0,
              readyReplicas: 0,
            },
          },
          pods: [ready],
        }),
        { resource: RESOURCE, now: NOW },
      ).group;
    expect(group('DaemonSet', {})).toBeUndefined();
    expect(group('Deployment', { replicas: 1 })?.capacity).toMatchObject({
      desired: 1,
      inService: 1,
    });
  });

  it('knows the kind of a workload from a list, whose items have none', () => {
    const report = describeWorkload(
      workload({
        workload: {
          metadata: { name: 'agent' },
          status: {
            observedGeneration: 1,
            desiredNumberScheduled: 2,
            numberReady: 1,
          },
        },
      }),
      { resource: { ...RESOURCE, type: 'kubernetes-daemonset' }, now: NOW },
    );
    expect(report.group!.capacity).toMatchObject({
      ...{ min: 2, desired: 2, max: 2, inService: 1 },
    });
  });

  it('marks all targets of a zone whose node fails', () => {
    const report = describeChanged({
      nodes: new Map([
        ['node-a', node('node-a', 'eu-1a')],
        ['node-b', node('node-b', 'eu-1b', { status: 'Unknown' })],
      ]),
    });
    expect(report.targets).toMatchObject([
      { state: 'healthy' },
      { state: 'unhealthy', reasonCode: 'Node.Unreachable', zone: 'eu-1b' },
    ]);
    expect(report.instances![1].state).toBe('unknown');
  });

  it('has no zone for a pod whose node is not known', () => {
    const { targets } = describeChanged({ nodes: new Map() });
    expect(targets![0].zone).toBeUndefined();
  });

  it('leaves out pods that ended long ago', () => {
    const failed = (seconds: number) =>
      pod('old', {
        status: {
          phase: 'Failed',
          conditions: [{ type: 'Ready', lastTransitionTime: ago(seconds) }],
        },
      });
    expect(describeChanged({ pods: [failed(600)] }).targets).toHaveLength(1);
    expect(describeChanged({ pods: [failed(7200)] }).targets).toEqual([]);
  });
});

describe('parts that cannot be read', () => {
  const without = (...kinds: string[]) =>
    describeChanged({
      freshAt: Object.fromEntries(
        Object.entries(workload().freshAt).filter(
          ([kind]) => !kinds.includes(kind),
        ),
      ),
    });

  it('are absent, not empty', () => {
    const report = without('pods', 'horizontalpodautoscalers', 'scaledobjects');
    expect(report.targets).toBeUndefined();
    expect(report.instances).toBeUndefined();
    expect(report.group!.policies).toBeUndefined();
    expect(report.group!.scheduledActions).toBeUndefined();
    expect(report.group!.capacity.pending).toBeUndefined();
    expect(report.readAt).not.toHaveProperty('targets');
    expect(report.readAt).not.toHaveProperty('limits');
  });

  it('include the pods that only their ReplicaSet links to the workload', () => {
    expect(describeChanged({ pods: [] }).instances).toEqual([]);
    const report = describeChanged({
      revisions: [],
      pods: [],
      freshAt: { ...workload().freshAt, replicasets: undefined },
    });
    expect(report.targets).toBeUndefined();
    expect(report.instances).toBeUndefined();
    expect(report.readAt).not.toHaveProperty('targets');
    expect(report.readAt).not.toHaveProperty('instances');
    expect(report.group!.capacity.inService).toBe(2);
    expect(report.group!.capacity.pending).toBeUndefined();
  });

  it('do not include the pods that a StatefulSet owns itself', () => {
    const report = describeChanged({
      workload: { ...deployment(), kind: 'StatefulSet' },
      freshAt: { ...workload().freshAt, replicasets: undefined },
    });
    expect(report.targets).toHaveLength(2);
  });

  it('are as old as the ReplicaSets through which pods are found', () => {
    const old = new Date(ago(100));
    const { readAt } = describeChanged({
      freshAt: { ...workload().freshAt, replicasets: old },
    });
    expect(readAt).toMatchObject({
      targets: old.toISOString(),
      instances: old.toISOString(),
      capacity: old.toISOString(),
    });
  });

  it('do not say that nothing happened', () => {
    const { freshAt } = workload();
    const report = describeChanged({
      freshAt: { ...freshAt, events: undefined },
    });
    // The rollout is known from the workload itself.
    expect(report.activities).toHaveLength(1);
    expect(report.incomplete).toEqual(['activities']);
    expect(report.readAt).not.toHaveProperty('activities');
    const none = describeChanged({ revisions: [] });
    expect(none.activities).toEqual([]);
    expect(none.incomplete).toEqual([]);
  });

  it('are as old as the oldest kind that they are read from', () => {
    const old = new Date(ago(100));
    const { readAt } = describeChanged({
      freshAt: {
        ...workload().freshAt,
        endpointslices: old,
        events: new Date(ago(-900)),
      },
    });
    expect(readAt).toMatchObject({
      targets: old.toISOString(),
      instances: NOW.toISOString(),
      // A time in the future would be ignored.
      activities: NOW.toISOString(),
    });
  });
});
