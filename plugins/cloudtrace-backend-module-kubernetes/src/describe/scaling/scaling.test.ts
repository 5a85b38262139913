import {
  describeChanged,
  NOW,
  RESOURCE,
  workload,
} from '../../testUtils/workloadObjects';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';

const CPU = {
  type: 'Resource',
  resource: { name: 'cpu', target: { averageUtilization: 70 } },
};
const hpa = (more: object = {}): WatchedObject => ({
  metadata: { name: 'web' },
  spec: { minReplicas: 2, maxReplicas: 10, metrics: [CPU] },
  ...more,
});
const condition = (type: string, reason: string, message = 'the words') => ({
  status: { conditions: [{ type, status: 'False', reason, message }] },
});

const REASONS = [
  'FailedGetResourceMetric',
  'FailedGetContainerResourceMetric',
  'FailedGetPodsMetric',
  'FailedGetObjectMetric',
  'FailedGetExternalMetric',
  'InvalidMetricSourceType',
  'InvalidSelector',
  'AmbiguousSelector',
  'FailedGetScale',
  'FailedUpdateScale',
  'AReasonOfNextYear',
];

const withoutKeda = () => {
  const { scaledobjects: _, ...rest } = workload().freshAt;
  return rest;
};

describe('the limits and policies', () => {
  it.each<[string, Partial<WorkloadObjects>, object]>([
    ['an autoscaler', { hpa: hpa() }, { min: 2, max: 10 }],
    [
      'an autoscaler without a minimum',
      { hpa: hpa({ spec: { maxReplicas: 4 } }) },
      { min: 1, max: 4 },
    ],
    [
      'KEDA',
      {
        hpa: hpa(),
        scaledObject: { spec: { minReplicaCount: 0, maxReplicaCount: 8 } },
      },
      { min: 0, max: 8 },
    ],
    [
      'KEDA without limits',
      { hpa: hpa(), scaledObject: { spec: {} } },
      { min: 0, max: 100 },
    ],
    [
      'KEDA that cannot be read',
      {
        hpa: hpa({
          metadata: { labels: { 'scaledobject.keda.sh/name': 'web' } },
        }),
      },
      { min: undefined, max: 10 },
    ],
    [
      'KEDA that cannot be read, whose labels were not copied',
      {
        hpa: hpa({
          metadata: {
            ownerReferences: [{ kind: 'ScaledObject', name: 'web' }],
          },
        }),
      },
      { min: undefined, max: 10 },
    ],
    [
      'autoscalers that cannot be read',
      { freshAt: { pods: NOW, deployments: NOW } },
      { min: undefined, max: undefined },
    ],
    [
      'KEDA that may be paused and cannot be read',
      { freshAt: withoutKeda() },
      { min: undefined, max: undefined },
    ],
    ['nothing if there is no autoscaler', {}, { min: 2, max: 2 }],
    [
      'a DaemonSet, which KEDA does not scale',
      {
        workload: {
          kind: 'DaemonSet',
          metadata: { name: 'web' },
          status: {
            observedGeneration: 1,
            desiredNumberScheduled: 3,
            numberReady: 3,
          },
        },
        freshAt: withoutKeda(),
      },
      { min: 3, max: 3 },
    ],
  ])('come from %s', (_, changes, limits) => {
    const { min, max } = describeChanged(changes).group!.capacity;
    expect({ min, max }).toEqual(limits);
  });

  it('name the metrics with their targets, and show their values', () => {
    const { group, metrics } = describeChanged({
      hpa: hpa({
        status: {
          currentMetrics: [
            {
              type: 'Resource',
              resource: {
                name: 'cpu',
                current: { averageUtilization: 82, averageValue: '410m' },
              },
            },
          ],
        },
      }),
    });
    expect(group!.policies).toMatchObject([
      {
        name: 'web',
        kind: 'target-tracking',
        enabled: true,
        metricName: 'CPU utilisation',
        targetValue: 70,
        unit: '%',
      },
    ]);
    const series = metrics!.find(
      each => each.seriesId === group!.policies![0].metricSeriesId,
    );
    expect(series).toMatchObject({ values: [82], unit: '%' });
  });

  it('do not say that nothing is paused if KEDA cannot be read', () => {
    const suspended = (changes: Partial<WorkloadObjects>) =>
      describeChanged(changes).group!.suspendedProcesses;
    expect(suspended({})).toEqual([]);
    expect(suspended({ freshAt: withoutKeda() })).toBeUndefined();
  });

  it('say what is paused', () => {
    const { group } = describeChanged({
      workload: {
        kind: 'Deployment',
        metadata: { name: 'web' },
        spec: { replicas: 2, paused: true },
        status: {},
      },
      scaledObject: {
        metadata: { annotations: { 'autoscaling.keda.sh/paused': 'true' } },
      },
    });
    expect(group!.suspendedProcesses).toEqual(['Rollout', 'Autoscaling']);
  });

  it.each([
    [{ 'autoscaling.keda.sh/paused': 'false' }, []],
    [{ 'autoscaling.keda.sh/paused': 'true' }, ['Autoscaling']],
    [{ 'autoscaling.keda.sh/paused-replicas': '4' }, ['Autoscaling at 4']],
    [
      {
        'autoscaling.keda.sh/paused': 'false',
        'autoscaling.keda.sh/paused-replicas': '0',
      },
      ['Autoscaling at 0'],
    ],
    [{ 'autoscaling.keda.sh/paused-replicas': 'many' }, ['Autoscaling']],
    [{ 'autoscaling.keda.sh/paused-scale-in': 'true' }, ['ScaleIn']],
    [{ 'autoscaling.keda.sh/paused-scale-out': 'true' }, ['ScaleOut']],
    [
      {
        'autoscaling.keda.sh/paused-scale-in': 'true',
        'autoscaling.keda.sh/paused-scale-out': 'true',
      },
      ['Autoscaling'],
    ],
  ])('say how KEDA is paused: %j', (annotations, expected) => {
    const { group } = describeChanged({
      scaledObject: { metadata: { annotations } },
    });
    expect(group!.suspendedProcesses).toEqual(expected);
  });

  it('contain the schedules of KEDA', () => {
    const metadata = {
      ...{ timezone: 'Europe/Berlin', start: '0 8 * * *' },
      ...{ end: '0 20 * * *', desiredReplicas: '6' },
    };
    expect(
      describeChanged({
        scaledObject: { spec: { triggers: [{ type: 'cron', metadata }] } },
      }).group!.scheduledActions,
    ).toMatchObject([
      {
        recurrence: '0 8 * * * – 0 20 * * *',
        timeZone: 'Europe/Berlin',
        desired: 6,
      },
    ]);
  });

  it.each([
    [
      'ScalingActive',
      'FailedGetResourceMetric',
      /cannot read the CPU or memory/,
      /metrics-server/,
    ],
    [
      'ScalingActive',
      'FailedGetContainerResourceMetric',
      /CPU or memory of a container/,
      /the container that the autoscaler names/,
    ],
    [
      'ScalingActive',
      'FailedGetPodsMetric',
      /custom metric of the pods/,
      /custom\.metrics/,
    ],
    [
      'ScalingActive',
      'FailedGetObjectMetric',
      /custom metric of another object/,
      /describedObject/,
    ],
    ['ScalingActive', 'FailedGetExternalMetric', /external metric/, /KEDA/],
    [
      'ScalingActive',
      'InvalidSelector',
      /missing or invalid/,
      /valid selector/,
    ],
    [
      'ScalingActive',
      'AmbiguousSelector',
      /another autoscaler/,
      /only one autoscaler/,
    ],
    [
      'ScalingActive',
      'InvalidMetricSourceType',
      /a type that the cluster does not know/,
      /spec\.metrics/,
    ],
    [
      'ScalingActive',
      'AReasonOfNextYear',
      /AReasonOfNextYear – the words/,
      /kubectl describe hpa/,
    ],
    [
      'AbleToScale',
      'FailedGetScale',
      /read the size of its target/,
      /scaleTargetRef/,
    ],
    [
      'AbleToScale',
      'FailedUpdateScale',
      /change the size of its target/,
      /admission webhook/,
    ],
  ])('report %s=False for %s', (type, reason, message, nextStep) => {
    const report = describeChanged({ hpa: hpa(condition(type, reason)) });
    expect(report.problems).toMatchObject([
      {
        code: 'autoscaler-failed',
        resourceId: RESOURCE.id,
        message: expect.stringMatching(message),
        nextStep: expect.stringMatching(nextStep),
      },
    ]);
    // It is on and fails.
    expect(report.group!.policies![0].enabled).toBe(true);
  });

  it('report each reason with a code, words and a next step of its own', () => {
    const problems = REASONS.map(reason => {
      const object = hpa(condition('ScalingActive', reason));
      const [{ message, nextStep, coded }] = describeChanged({
        hpa: object,
      }).problems;
      return [coded!.message.code, message, nextStep];
    });
    for (const column of [0, 1, 2]) {
      expect(new Set(problems.map(row => row[column])).size).toBe(
        REASONS.length,
      );
    }
  });

  it('report both conditions that fail', () => {
    const both = [
      ['AbleToScale', 'FailedGetScale'],
      ['ScalingActive', 'InvalidSelector'],
    ].map(([type, reason]) => ({ type, status: 'False', reason }));
    const { problems } = describeChanged({
      hpa: hpa({ status: { conditions: both } }),
    });
    expect(problems.map(({ coded }) => coded!.message.code)).toEqual([
      'hpa-size-unread',
      'hpa-selector-invalid',
    ]);
  });

  it('do not report an autoscaler whose target has no pods on purpose', () => {
    const off = condition('ScalingActive', 'ScalingDisabled');
    const { problems, group } = describeChanged({ hpa: hpa(off) });
    expect(problems).toEqual([]);
    expect(group!.policies![0].enabled).toBe(false);
  });

  it('report several autoscalers of one workload', () => {
    const report = describeChanged({
      hpa: hpa(),
      otherHpas: [hpa({ metadata: { name: 'web-2' } })],
    });
    expect(report.problems).toMatchObject([
      {
        code: 'autoscaler-conflict',
        message:
          'Several autoscalers change the size of web and override each other: web, web-2; CloudTrace shows the limits and metrics of web',
        nextStep: expect.stringContaining('Keep one autoscaler'),
      },
    ]);
  });

  it('report a ScaledObject that is not ready', () => {
    const scaledObject = {
      metadata: { name: 'web' },
      ...condition('Ready', 'ScaledObjectCheckFailed', 'no trigger'),
    };
    expect(describeChanged({ scaledObject }).problems).toMatchObject([
      {
        code: 'keda-failed',
        message:
          'KEDA does not scale web: ScaledObjectCheckFailed – no trigger',
      },
    ]);
  });
});
