import {
  ago,
  describeChanged,
  NOW,
  pod,
} from '../../testUtils/workloadObjects';
import { errorOfStatus } from '../../client/ClusterCallError';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import type { NamespaceUsage } from '../../objects/PodUsage';
import { parsePodMetrics } from '../../usage/parsePodMetrics';

const GIB = 2 ** 30;

/** A pod whose container requests half a core and 1 GiB. */
const requesting = (
  name: string,
  parts: NonNullable<Parameters<typeof pod>[1]> = {},
) =>
  pod(name, {
    ...parts,
    spec: {
      containers: [
        {
          name: 'app',
          resources: { requests: { cpu: '500m', memory: '1Gi' } },
        },
      ],
      ...parts.spec,
    },
  });

const measured = (
  name: string,
  usage: Record<string, unknown>,
  secondsAgo = 30,
) => ({
  metadata: { name, namespace: 'shop' },
  timestamp: ago(secondsAgo),
  window: '15s',
  containers: [{ name: 'app', usage }],
});

const describeUsage = (
  items: unknown[],
  pods: WatchedObject[] = [requesting('a'), requesting('b')],
  more: Partial<WorkloadObjects> = {},
) =>
  describeChanged({
    pods,
    usage: usageOf({ pods: parsePodMetrics({ items }) }),
    ...more,
  });

const usageOf = (known: Partial<NamespaceUsage>): NamespaceUsage => ({
  pods: new Map(),
  figures: ['cpu', 'memory'],
  unread: [],
  from: 'metrics-server',
  ...known,
});

const valuesOf = ({ metrics }: ReturnType<typeof describeUsage>) =>
  Object.fromEntries(metrics!.map(each => [each.seriesId, each.values[0]]));

const failed = (
  status: number,
  from: NamespaceUsage['from'] = 'metrics-server',
): NamespaceUsage =>
  usageOf({
    unread: [{ figures: ['cpu', 'memory'], error: errorOfStatus(status) }],
    from,
  });

describe('what pods use', () => {
  it('is not that of an earlier pod of the same name', () => {
    const restarted = requesting('a', { status: { startTime: ago(20) } });
    const usage = { cpu: '100m', memory: '512Mi' };
    expect(
      valuesOf(describeUsage([measured('a', usage, 30)], [restarted])),
    ).toEqual({});
    expect(
      valuesOf(describeUsage([measured('a', usage, 10)], [restarted])),
    ).toMatchObject({ 'cpu-utilization': 20 });
  });

  it('is the average and the most per pod, and the share of their requests', () => {
    const report = describeUsage([
      measured('a', { cpu: '100m', memory: '512Mi' }),
      measured('b', { cpu: '300000000n', memory: '1048576Ki' }, 45),
    ]);
    expect(valuesOf(report)).toEqual({
      'cpu-utilization': 40,
      'cpu-per-pod': expect.closeTo(0.2),
      'cpu-of-pod': expect.closeTo(0.3),
      'memory-utilization': 75,
      'memory-per-pod': 0.75 * GIB,
      'memory-of-pod': GIB,
    });
    expect(report.metrics![0]).toMatchObject({
      label: 'CPU used, of the requests of the pods',
      unit: '%',
      statistic: 'Average',
      periodMs: 60_000,
      times: [new Date(ago(45)).toISOString()],
    });
    expect(report.readAt!.metrics).toBe(new Date(ago(45)).toISOString());
  });

  it('is unknown before it was read', () => {
    expect(describeChanged().metrics).toEqual([]);
  });

  it('is unknown for pods that are not measured: never 0', () => {
    expect(describeUsage([]).metrics).toEqual([]);
  });

  it('ignores measurements that are old', () => {
    expect(
      describeUsage([measured('a', { cpu: '1', memory: '1Gi' }, 400)]).metrics,
    ).toEqual([]);
  });

  it('ignores pods that are gone, ended or being deleted', () => {
    const items = ['gone', 'ended', 'leaving', 'a'].map(name =>
      measured(name, { cpu: name === 'a' ? '50m' : '9', memory: '1Gi' }),
    );
    const pods = [
      requesting('a'),
      requesting('ended', { status: { phase: 'Failed' } }),
      requesting('leaving', { metadata: { deletionTimestamp: ago(5) } }),
    ];
    expect(valuesOf(describeUsage(items, pods))).toMatchObject({
      'cpu-utilization': 10,
      'cpu-of-pod': 0.05,
    });
  });

  it('counts CPU of pods that are not ready, but not in the share of the requests', () => {
    const starting = requesting('b', {
      status: { conditions: [{ type: 'Ready', status: 'False' }] },
    });
    const items = [
      measured('a', { cpu: '100m', memory: '1Gi' }),
      measured('b', { cpu: '500m', memory: '1Gi' }),
    ];
    expect(
      valuesOf(describeUsage(items, [requesting('a'), starting])),
    ).toMatchObject({
      'cpu-utilization': 20,
      'cpu-of-pod': 0.5,
      'memory-utilization': 100,
    });
  });

  it('has no share of requests if a container requests nothing', () => {
    const values = valuesOf(
      describeUsage(
        [measured('c', { cpu: '100m', memory: '1Gi' })],
        [pod('c')],
      ),
    );
    expect(values).toEqual({
      'cpu-per-pod': 0.1,
      'cpu-of-pod': 0.1,
      'memory-per-pod': GIB,
      'memory-of-pod': GIB,
    });
  });

  it('counts the requests of sidecars, which are init containers', () => {
    const withSidecar = requesting('a', {
      spec: {
        initContainers: [
          {
            name: 'proxy',
            restartPolicy: 'Always',
            resources: { requests: { cpu: '500m', memory: '1Gi' } },
          },
          { name: 'setup' },
        ],
      },
    });
    const items = [measured('a', { cpu: '500m', memory: '1Gi' })];
    expect(valuesOf(describeUsage(items, [withSidecar]))).toMatchObject({
      'cpu-utilization': 50,
      'memory-utilization': 50,
    });
  });

  it('contains the requests of all pods and the latency of the slowest', () => {
    const pods = new Map(
      [
        { pod: 'a', requestsPerSecond: 2.5, latencyMs: 80 },
        { pod: 'b', requestsPerSecond: 0, latencyMs: 120 },
      ].map(({ pod: name, ...usage }) => [
        name,
        { at: new Date(ago(10)), ...usage },
      ]),
    );
    const report = describeUsage([], undefined, {
      usage: usageOf({ pods, from: 'prometheus' }),
    });
    expect(valuesOf(report)).toEqual({
      'requests-per-second': 2.5,
      'latency-of-pod': 120,
    });
  });

  it('has no sum of requests while a pod that has run for some time has no value', () => {
    const known = { at: new Date(ago(10)), requestsPerSecond: 2.5 };
    const requestsOf = (second: WatchedObject) => {
      const { metrics } = describeUsage([], [requesting('a'), second], {
        usage: usageOf({ pods: new Map([['a', known]]), from: 'prometheus' }),
      });
      return metrics!.find(each => each.seriesId === 'requests-per-second')
        ?.values;
    };
    expect(requestsOf(requesting('b'))).toBeUndefined();
    // These do not receive requests yet, or are not measured yet.
    expect(requestsOf(requesting('b', { status: { conditions: [] } }))).toEqual(
      [2.5],
    );
    const young = { status: { startTime: ago(60) } };
    expect(requestsOf(requesting('b', young))).toEqual([2.5]);
  });

  it('is known without autoscalers', () => {
    const { horizontalpodautoscalers: _, ...freshAt } = describeFresh();
    const report = describeUsage(
      [measured('a', { cpu: '100m', memory: '1Gi' })],
      undefined,
      { freshAt },
    );
    expect(report.metrics).toHaveLength(6);
    expect(report.readAt!.metrics).toBe(new Date(ago(30)).toISOString());
  });

  it.each([403, 503])(
    'makes the metrics incomplete if it cannot be read: HTTP %s',
    status => {
      const report = describeChanged({ usage: failed(status) });
      expect(report.incomplete).toContain('metrics');
      expect(report.readAt).not.toHaveProperty('metrics');
    },
  );

  it('leaves the metrics complete in a cluster without metrics-server', () => {
    expect(describeChanged({ usage: failed(404) }).incomplete).toEqual([]);
    expect(
      describeChanged({ usage: failed(404, 'prometheus') }).incomplete,
    ).toContain('metrics');
  });
});

describe('parsePodMetrics', () => {
  const parse = (item: object) => parsePodMetrics({ items: [item] }).get('a');

  it.each([
    ['12345678n', 0.012345678],
    ['250u', 0.00025],
    ['250m', 0.25],
    ['2', 2],
    [0, 0],
  ])('reads %s of CPU', (cpu, cores) => {
    expect(parse(measured('a', { cpu }))!.cpu).toBeCloseTo(cores, 12);
  });

  it.each([
    ['128974848', 128974848],
    ['129e6', 129e6],
    ['123Mi', 123 * 2 ** 20],
    ['1Gi', GIB],
  ])('reads %s of memory', (memory, bytes) => {
    expect(parse(measured('a', { memory }))!.memory).toBe(bytes);
  });

  it('adds up containers, and knows no sum if one is unknown', () => {
    const item = measured('a', { cpu: '1', memory: '1' });
    expect(
      parse({
        ...item,
        containers: [
          { usage: { cpu: '1', memory: '1Gi' } },
          { usage: { cpu: '500m', memory: 'much' } },
        ],
      }),
    ).toEqual({ at: new Date(ago(30)), cpu: 1.5, memory: undefined });
  });

  it.each([
    {},
    { ...measured('a', { cpu: '1' }), timestamp: 'yesterday' },
    { ...measured('a', { cpu: '1' }), metadata: 7 },
  ])('ignores what has no pod or time: %j', item => {
    expect(parsePodMetrics({ items: [item] }).size).toBe(0);
  });

  it.each([null, 7, {}, { items: 'none' }])('reads %j as nothing', list => {
    expect(parsePodMetrics(list).size).toBe(0);
  });
});

function describeFresh(): WorkloadObjects['freshAt'] {
  return Object.fromEntries(
    [
      'deployments',
      'pods',
      'replicasets',
      'events',
      'horizontalpodautoscalers',
    ].map(kind => [kind, NOW]),
  );
}
