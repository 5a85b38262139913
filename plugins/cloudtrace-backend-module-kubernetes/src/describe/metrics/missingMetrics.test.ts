import {
  ago,
  describeChanged,
  pod,
  workload,
} from '../../testUtils/workloadObjects';
import { errorOfStatus } from '../../client/ClusterCallError';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import type { NamespaceUsage, PodUsage } from '../../objects/PodUsage';

const usageOf = (
  pods: Record<string, Partial<PodUsage>>,
  more: Partial<NamespaceUsage> = {},
): NamespaceUsage => ({
  pods: new Map(
    Object.entries(pods).map(([name, usage]) => [
      name,
      { at: new Date(ago(30)), ...usage },
    ]),
  ),
  figures: ['cpu'],
  unread: [],
  from: 'metrics-server',
  ...more,
});
const requesting = (name: string, more: object = {}) =>
  pod(name, {
    spec: {
      containers: [{ name: 'app', resources: { requests: { cpu: '1' } } }],
    },
    ...more,
  });
const reasonsOf = (changes: Partial<WorkloadObjects>) =>
  Object.fromEntries(
    describeChanged(changes).missingMetrics!.map(({ seriesId, reason }) => [
      seriesId,
      reason,
    ]),
  );
const ofCpu = (reason: string) => ({
  'cpu-utilization': reason,
  'cpu-per-pod': reason,
  'cpu-of-pod': reason,
});
const NOT_READY = {
  status: {
    phase: 'Running',
    startTime: ago(3000),
    conditions: [{ type: 'Ready', status: 'False' }],
  },
};

describe('a metric without a value', () => {
  it.each<[string, Partial<WorkloadObjects>, object]>([
    ['no usage is read', { pods: [requesting('a')] }, {}],
    [
      'all is known',
      { pods: [requesting('a')], usage: usageOf({ a: { cpu: 1 } }) },
      {},
    ],
    ['no pod runs', { pods: [], usage: usageOf({}) }, ofCpu('No pod runs')],
    [
      'nothing measured the pods',
      { pods: [requesting('a')], usage: usageOf({}) },
      ofCpu('Nothing measured the running pods'),
    ],
    [
      'measurements are old',
      {
        pods: [requesting('a')],
        usage: usageOf({ a: { cpu: 1, at: new Date(ago(600)) } }),
      },
      ofCpu('All measurements are older than 3 minutes'),
    ],
    [
      'the pod is new',
      {
        pods: [
          requesting('a', {
            status: { phase: 'Running', startTime: ago(20) },
          }),
        ],
        usage: usageOf({}),
      },
      ofCpu('The pods have not run long enough to be measured'),
    ],
    [
      'a container requests nothing',
      { pods: [pod('a')], usage: usageOf({ a: { cpu: 1 } }) },
      {
        'cpu-utilization': expect.stringContaining(
          'A container requests nothing of it',
        ),
      },
    ],
    [
      'no pod is ready',
      { pods: [requesting('a', NOT_READY)], usage: usageOf({ a: { cpu: 1 } }) },
      { 'cpu-utilization': 'No pod that was measured is ready' },
    ],
    [
      'a sum lacks a pod',
      {
        pods: [requesting('a'), requesting('b')],
        usage: usageOf(
          { a: { requestsPerSecond: 1 } },
          { figures: ['requestsPerSecond'], from: 'prometheus' },
        ),
      },
      {
        'requests-per-second': expect.stringContaining(
          'a sum would be too low',
        ),
      },
    ],
    [
      'it cannot be read: a problem says so',
      {
        pods: [requesting('a')],
        usage: usageOf(
          {},
          { unread: [{ figures: ['cpu'], error: errorOfStatus(500) }] },
        ),
      },
      {},
    ],
  ])('when %s', (_, changes, reasons) => {
    expect(reasonsOf(changes)).toEqual(reasons);
  });

  const hpa = (status: object, metadata: object = {}): WatchedObject => ({
    metadata: { name: 'web', ...metadata },
    spec: {
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { averageUtilization: 70 } },
        },
      ],
    },
    status,
  });
  it.each<[string, WatchedObject, RegExp]>([
    [
      'does not scale',
      hpa({ conditions: [{ type: 'ScalingActive', status: 'False' }] }),
      /does not scale now/,
    ],
    [
      'was edited',
      hpa({ observedGeneration: 1 }, { generation: 2 }),
      /was changed/,
    ],
    ['reports no value', hpa({}), /reports no value/],
  ])('of an autoscaler that %s', (_, object, reason) => {
    expect(reasonsOf({ hpa: object, freshAt: workload().freshAt })).toEqual({
      'autoscaler/Resource/cpu': expect.stringMatching(reason),
    });
  });
});
