import {
  expectPodState,
  waiting,
  type PodState,
} from '../../testUtils/podStates';
import {
  ago,
  container,
  deployment,
  describeChanged,
  endpointSlice,
  event,
  node,
  NOW,
  pod,
  unready,
} from '../../testUtils/workloadObjects';

const running = container({
  ready: false,
  state: { running: { startedAt: ago(900) } },
});
const pending = (conditions: object[], containerStatuses: object[] = []) =>
  pod('web', {
    spec: { nodeName: containerStatuses.length > 0 ? 'node-a' : undefined },
    status: { phase: 'Pending', conditions, containerStatuses },
  });
const unscheduled = (reason: string, message: string, seconds = 600) =>
  pending([
    {
      type: 'PodScheduled',
      status: 'False',
      reason,
      message,
      lastTransitionTime: ago(seconds),
    },
  ]);
const preparation = (reason: string, message: string) =>
  event({ kind: 'Pod', name: 'web', uid: 'uid-web' }, reason, message);
const ended = (phase: string, reason?: string, message?: string) =>
  pod('web', {
    status: { phase, reason, message, conditions: [], containerStatuses: [] },
  });
const deleted = (seconds: number, more: object = {}, status: object = {}) =>
  pod('web', {
    metadata: { deletionTimestamp: ago(seconds), ...more },
    status: { ...status },
  });
const creating = [waiting('ContainerCreating')];
const lost = (status: string, message: string) => ({
  nodes: new Map([['node-a', node('node-a', 'eu-1a', { status, message })]]),
});

const readySince = (seconds: number) => ({
  status: {
    conditions: [
      { type: 'Ready', status: 'True', lastTransitionTime: ago(seconds) },
    ],
  },
});

const webService = {
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { app: 'web' } },
};

/** State, code, words and next step of each state. */
const table: PodState[] = [
  [
    'a pod that no node can run',
    unscheduled(
      'Unschedulable',
      '0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
    ),
    {},
    {
      state: 'unhealthy',
      code: 'Pod.Unschedulable',
      words: expect.stringMatching(
        /^No node can run the pod: 0\/3 nodes are available: 3 Insufficient cpu\./,
      ),
      next: /lower the pod's requests/,
    },
  ],
  [
    'a pod that has waited for a node only briefly',
    unscheduled('Unschedulable', '0/3 nodes are available', 20),
    {},
    { state: 'initial', code: 'Pod.Unschedulable' },
  ],
  [
    'a pod for which a node is being added',
    unscheduled('Unschedulable', '0/3 nodes are available'),
    {
      events: [
        event(
          { kind: 'Pod', name: 'web' },
          'TriggeredScaleUp',
          'pod triggered scale-up: [{workers 3->4 (max: 10)}]',
        ),
      ],
    },
    { state: 'initial', code: 'Pod.Unschedulable' },
  ],
  [
    'a pod with a scheduling gate',
    unscheduled('SchedulingGated', 'Scheduling is blocked due to gates'),
    {},
    { state: 'initial', code: 'Pod.SchedulingGated', next: /gates/ },
  ],
  [
    'an error of the scheduler',
    unscheduled('SchedulerError', 'nodeinfo not found'),
    {},
    {
      state: 'unhealthy',
      code: 'Pod.NotReadyOther',
      words: expect.stringMatching(/SchedulerError: nodeinfo not found$/),
    },
  ],
  [
    'a pod that the scheduler has not seen',
    pending([]),
    {},
    { state: 'initial', code: 'Pod.Scheduling' },
  ],
  [
    'a pod whose containers are being created',
    pending([], creating),
    {},
    { state: 'initial', code: 'Pod.Starting' },
  ],
  ...(
    [
      ['FailedMount', 'Pod.FailedMount', /volume/i],
      ['FailedAttachVolume', 'Pod.FailedMount', /volume/i],
      ['FailedMapVolume', 'Pod.FailedMount', /volume/i],
      ['FailedCreatePodSandBox', 'Pod.FailedCreatePodSandBox', /network/],
      ['NetworkNotReady', 'Pod.FailedCreatePodSandBox', /network/],
    ] as const
  ).map(
    ([reason, code, next]): PodState => [
      reason,
      pending([], creating),
      { events: [preparation(reason, 'the words of the kubelet')] },
      {
        state: 'unhealthy',
        code,
        words: expect.stringMatching(/: the words of the kubelet$/),
        next,
      },
    ],
  ),
  ...(
    [
      ['Evicted', 'Pod.Evicted', /requests that match/],
      ['Preempting', 'Pod.Preempted', /priority class/],
      ['Terminated', 'Pod.NodeShutdown', /scaling history/],
      ['NodeShutdown', 'Pod.NodeShutdown', /why the node was shut down/],
      ['Shutdown', 'Pod.NodeShutdown', /why the node was shut down/],
      ['DeadlineExceeded', 'Pod.DeadlineExceeded', /activeDeadlineSeconds/],
      ['UnexpectedAdmissionError', 'Pod.Rejected', /resources and labels/],
      ['NodeAffinity', 'Pod.Rejected', /resources and labels/],
      ['NodePorts', 'Pod.Rejected', /resources and labels/],
      ['OutOfcpu', 'Pod.Rejected', /resources and labels/],
      ['OutOfmemory', 'Pod.Rejected', /resources and labels/],
      ['OutOfpods', 'Pod.Rejected', /resources and labels/],
      ['OutOfephemeral-storage', 'Pod.Rejected', /resources and labels/],
      ['NewReason', 'Pod.Failed', /events and logs/],
    ] as const
  ).map(
    ([reason, code, next]): PodState => [
      `a pod that ended: ${reason}`,
      ended('Failed', reason, 'The node was low on resource: memory. '),
      {},
      {
        state: 'unused',
        code,
        words: expect.stringContaining('The node was low on resource: memory.'),
        next,
      },
    ],
  ),
  [
    'a pod that ended without an error',
    ended('Succeeded'),
    {},
    { state: 'unused', code: 'Pod.Completed', next: /keep running/ },
  ],
  [
    'a pod that is being deleted',
    deleted(-20),
    {},
    {
      state: 'draining',
      code: 'Pod.Terminating',
      words:
        'The pod is being deleted: it finishes open requests, new ones go elsewhere',
    },
  ],
  [
    'a pod that a drain moves',
    deleted(
      -20,
      {},
      {
        conditions: [
          {
            type: 'DisruptionTarget',
            status: 'True',
            reason: 'EvictionByEvictionAPI',
          },
        ],
      },
    ),
    {},
    {
      state: 'draining',
      code: 'Pod.Drained',
      words: expect.stringContaining('drain'),
    },
  ],
  [
    'a pod that another one preempts',
    deleted(
      -20,
      {},
      {
        conditions: [
          {
            type: 'DisruptionTarget',
            status: 'True',
            reason: 'PreemptionByScheduler',
          },
        ],
      },
    ),
    {},
    { state: 'draining', code: 'Pod.Preempted', next: /priority class/ },
  ],
  [
    'a pod that should be gone',
    deleted(600, { finalizers: ['example.com/hold'] }),
    {},
    {
      state: 'draining',
      code: 'Pod.StuckTerminating',
      words:
        'The pod should have ended but still exists: finalizers example.com/hold',
      next: /finalizers/,
    },
  ],
  [
    'a node that is not ready',
    unready('web', [running]),
    lost('False', 'container runtime is down'),
    {
      state: 'unhealthy',
      code: 'Node.NotReady',
      words:
        'The node of the pod is not ready: node-a: container runtime is down',
      next: /kubelet/,
    },
  ],
  [
    'a node that does not respond',
    unready('web', [running]),
    lost('Unknown', 'Kubelet stopped posting node status.'),
    {
      state: 'unhealthy',
      code: 'Node.Unreachable',
      words:
        'The node of the pod does not respond: node-a: Kubelet stopped posting node status.',
      next: /machine of the node/,
    },
  ],
  [
    'a pod that is deleted on a node that does not respond',
    deleted(600),
    lost('Unknown', 'Kubelet stopped posting node status.'),
    { state: 'unhealthy', code: 'Node.Unreachable' },
  ],
  [
    'a pod that was ready on a node that is gone',
    pod('web'),
    { nodes: new Map() },
    { state: 'unknown', code: 'Node.Gone' },
  ],
  [
    'a node that is gone',
    unready('web', [running]),
    { nodes: new Map() },
    { state: 'unhealthy', code: 'Node.Gone', next: /delete the pod/ },
  ],
  [
    'a node that is younger than what is known of nodes',
    unready('web', [running], {
      status: {
        conditions: [
          { type: 'Ready', status: 'False', lastTransitionTime: ago(30) },
        ],
      },
    }),
    {
      nodes: new Map(),
      freshAt: { replicasets: NOW, pods: NOW, nodes: new Date(ago(60)) },
    },
    { state: 'unhealthy', code: 'Pod.NotReady' },
  ],
  [
    'a node that cannot be read',
    unready('web', [running]),
    { nodes: new Map(), freshAt: { replicasets: NOW, pods: NOW } },
    { state: 'unhealthy', code: 'Pod.NotReady' },
  ],
  [
    'a ready pod on a node that is not known yet',
    pod('web', readySince(30)),
    { nodes: new Map() },
    { state: 'healthy' },
  ],
  ['a ready pod that gets requests', pod('web'), {}, { state: 'healthy' }],
  [
    'a ready pod that no Service selects',
    pod('web', { metadata: { labels: { app: 'worker' } } }),
    {},
    {
      state: 'healthy',
      code: 'Pod.NoService',
      words:
        'The pod is ready, but no Service sends it requests: none selects it',
      next: /selector/,
    },
  ],
  [
    'a ready pod whose Service has another selector, and no endpoints',
    pod('web', { metadata: { labels: { app: 'wbe' } } }),
    { services: [webService], endpointSlices: [] },
    {
      state: 'unhealthy',
      code: 'Pod.ServiceMismatch',
      words:
        'The pod is ready but receives no requests: the Service with the name of its workload selects no pod',
      next: /selector/,
    },
  ],
  [
    'a ready pod whose Service sends requests to another workload',
    pod('web', { metadata: { labels: { app: 'wbe' } } }),
    {
      services: [webService],
      endpointSlices: [endpointSlice([{ pod: 'web-v2', ready: true }])],
    },
    { state: 'healthy', code: 'Pod.NoService' },
  ],
  [
    'a ready worker beside a Service without endpoints',
    pod('web', { metadata: { labels: { app: 'worker' } } }),
    {
      workload: deployment({ metadata: { name: 'worker' } }),
      services: [webService],
      endpointSlices: [],
    },
    { state: 'healthy', code: 'Pod.NoService' },
  ],
  [
    'a ready pod without any Service',
    pod('web'),
    { services: [], endpointSlices: [] },
    { state: 'healthy', code: 'Pod.NoService' },
  ],
  [
    'an unready pod without any Service',
    unready('web', [running]),
    { services: [], endpointSlices: [] },
    { state: 'unhealthy', code: 'Pod.NotReady' },
  ],
  [
    'a ready pod that is not in an EndpointSlice',
    pod('web'),
    { endpointSlices: [] },
    { state: 'unhealthy', code: 'Pod.NotInEndpoints', next: /EndpointSlices/ },
  ],
  [
    'a pod that became ready a minute ago and is not in an EndpointSlice',
    pod('web', readySince(60)),
    { endpointSlices: [] },
    { state: 'initial', code: 'Pod.NotInEndpoints' },
  ],
  [
    'a ready pod whose endpoint is not ready',
    pod('web'),
    {
      endpointSlices: [
        endpointSlice([{ pod: 'web', ready: false, serving: false }]),
      ],
    },
    { state: 'unhealthy', code: 'Pod.NotInEndpoints' },
  ],
  [
    'an endpoint without conditions, which counts as ready',
    pod('web'),
    { endpointSlices: [endpointSlice([{ pod: 'web' }])] },
    { state: 'healthy' },
  ],
  [
    'a Service whose port the pod does not have',
    pod('web'),
    {
      services: [
        {
          kind: 'Service',
          metadata: { name: 'web', namespace: 'shop' },
          spec: {
            selector: { app: 'web' },
            ports: [{ name: 'http', port: 80, targetPort: 'htpp' }],
          },
        },
      ],
      endpointSlices: [
        { ...endpointSlice([{ pod: 'web', ready: true }]), ports: null },
      ],
    },
    {
      state: 'unhealthy',
      code: 'Pod.NoServicePort',
      words: 'The pod has no port that its Service sends requests to',
      next: /targetPort/,
    },
  ],
  [
    'a headless Service without ports',
    pod('web'),
    {
      services: [
        {
          kind: 'Service',
          metadata: { name: 'web', namespace: 'shop' },
          spec: { selector: { app: 'web' }, clusterIP: 'None' },
        },
      ],
      endpointSlices: [
        { ...endpointSlice([{ pod: 'web', ready: true }]), ports: null },
      ],
    },
    { state: 'healthy' },
  ],
  [
    'a phase that is not known',
    pod('web', { status: { phase: 'Dreaming' } }),
    {},
    {
      state: 'unknown',
      code: 'Pod.PhaseUnknown',
      words: 'The state of the pod is unknown: Dreaming',
      next: /kubectl get pod/,
    },
  ],
  [
    'the phase Unknown',
    pod('web', { status: { phase: 'Unknown' } }),
    {},
    { state: 'unknown', code: 'Pod.PhaseUnknown' },
  ],
  [
    'a pod without a status',
    { kind: 'Pod', metadata: { name: 'web' } },
    {},
    { state: 'unknown', code: 'Pod.PhaseUnknown' },
  ],
  [
    'a running pod without conditions',
    pod('web', { status: { conditions: undefined, containerStatuses: [] } }),
    {},
    { state: 'unknown', code: 'Pod.PhaseUnknown' },
  ],
];

describe('the state of a pod', () => {
  it.each(table)('says %s', (...row) => {
    expectPodState(row);
  });
  it('does not say who gets requests if Services cannot be read', () => {
    const freshAt = { pods: NOW, replicasets: NOW, nodes: NOW };
    expect(
      describeChanged({ freshAt, services: [], endpointSlices: [] }).targets,
    ).toMatchObject([
      { state: 'unknown', reasonCode: 'Pod.TrafficUnknown' },
      { state: 'unknown', reasonCode: 'Pod.TrafficUnknown' },
    ]);
  });
});
