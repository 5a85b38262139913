import { explainTarget } from '@cloudtrace/plugin-cloudtrace-common';
import {
  ago,
  container,
  describeChanged,
  endpointSlice,
  event,
  node,
  pod,
  unready,
} from '../../testUtils/workloadObjects';
import type { WatchedObject, WorkloadObjects } from '../../workload/types';

const waiting = (reason: string, message?: string, more = {}) =>
  container({
    ready: false,
    started: false,
    state: { waiting: { reason, message } },
    ...more,
  });
const terminated = (exitCode: number, reason: string, more = {}) => ({
  terminated: {
    exitCode,
    reason,
    startedAt: ago(120),
    finishedAt: ago(100),
    ...more,
  },
});
const crashed = (exitCode: number, reason = 'Error', more = {}) =>
  waiting(
    'CrashLoopBackOff',
    'back-off 5m0s restarting failed container=app pod=web_shop(1)',
    { restartCount: 7, lastState: terminated(exitCode, reason, more) },
  );
const running = container({
  ready: false,
  state: { running: { startedAt: ago(900) } },
});
const young = container({
  ready: false,
  started: false,
  state: { running: { startedAt: ago(10) } },
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
const probe = (message: string, seconds = 20) =>
  event(
    {
      kind: 'Pod',
      name: 'web',
      uid: 'uid-web',
      fieldPath: 'spec.containers{app}',
    },
    'Unhealthy',
    message,
    { seconds },
  );
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

/** State, code, words and next step of each state that a pod can be in. */
const table: Array<
  [
    string,
    WatchedObject,
    Partial<WorkloadObjects>,
    { state: string; code?: string; words?: string; next?: RegExp },
  ]
> = [
  [
    'a crash loop, with exit code',
    unready('web', [crashed(1)]),
    {},
    {
      state: 'unhealthy',
      code: 'Pod.CrashLoopBackOff',
      words:
        'A container crashes again and again: app: exit code 1, restarted 7 times',
      next: /log of the previous run/,
    },
  ],
  [
    'a crash loop by a signal, with the message of the process',
    unready('web', [crashed(139, 'Error', { message: 'panic: nil\npointer' })]),
    {},
    {
      state: 'unhealthy',
      code: 'Pod.CrashLoopBackOff',
      words:
        'A container crashes again and again: app: exit code 139 (SIGSEGV), restarted 7 times – panic: nil pointer',
    },
  ],
  [
    'an out-of-memory kill, with its limit',
    unready('web', [crashed(137, 'OOMKilled')]),
    {},
    {
      state: 'unhealthy',
      code: 'Pod.OOMKilled',
      words:
        'A container used more memory than its limit and was killed: app: limit 256Mi, exit code 137 (SIGKILL), restarted 7 times',
      next: /raise the memory limit/,
    },
  ],
  [
    'an out-of-memory kill that is restarting',
    unready('web', [
      container({
        ready: false,
        restartCount: 1,
        lastState: terminated(137, 'OOMKilled'),
      }),
    ]),
    {},
    { state: 'unhealthy', code: 'Pod.OOMKilled' },
  ],
  [
    'an out-of-memory kill without a limit of its own',
    unready('web', [crashed(137, 'OOMKilled')], {
      spec: { containers: [{ name: 'app' }] },
    }),
    {},
    {
      state: 'unhealthy',
      code: 'Pod.OOMKilled',
      words: expect.stringContaining('app: no memory limit of its own'),
    },
  ],
  [
    'a kill that was not for memory',
    unready('web', [crashed(137)]),
    {},
    {
      state: 'unhealthy',
      code: 'Pod.CrashLoopBackOff',
      words: expect.stringContaining('exit code 137 (SIGKILL)'),
    },
  ],
  [
    'a container that ended and is not restarted yet',
    unready('web', [
      container({ ready: false, state: terminated(2, 'Error') }),
    ]),
    {},
    {
      state: 'unhealthy',
      code: 'Pod.ContainerExited',
      words: 'A container ended and is restarted: app: exit code 2',
    },
  ],
  ...(
    [
      ['ErrImagePull', 'Pod.ImagePullBackOff', /pull secret/],
      ['ImagePullBackOff', 'Pod.ImagePullBackOff', /pull secret/],
      ['RegistryUnavailable', 'Pod.ImagePullBackOff', /registry/],
      ['InvalidImageName', 'Pod.InvalidImageName', /Correct the image/],
      ['ErrImageNeverPull', 'Pod.ErrImageNeverPull', /imagePullPolicy/],
      ['ImageInspectError', 'Pod.ImageRejected', /signed/],
      ['SignatureValidationFailed', 'Pod.ImageRejected', /signed/],
      [
        'CreateContainerConfigError',
        'Pod.CreateContainerConfigError',
        /Create what the message names/,
      ],
      ['CreateContainerError', 'Pod.CreateContainerError', /command/],
      ['RunContainerError', 'Pod.CreateContainerError', /command/],
      ['PreCreateHookError', 'Pod.CreateContainerError', /hooks/],
      ['PreStartHookError', 'Pod.CreateContainerError', /hooks/],
      ['PostStartHookError', 'Pod.CreateContainerError', /hooks/],
    ] as const
  ).map(([reason, code, next]): (typeof table)[number] => [
    reason,
    unready('web', [waiting(reason, 'the words of the runtime')], {
      status: { phase: 'Pending' },
    }),
    {},
    {
      state: 'unhealthy',
      code,
      words: expect.stringMatching(/: app: the words of the runtime$/),
      next,
    },
  ]),
  [
    'a reason to wait that is not known',
    unready('web', [waiting('NewReason', 'new words')]),
    {},
    {
      state: 'unhealthy',
      code: 'Pod.NotReadyOther',
      words:
        'The pod is not ready for a reason that CloudTrace does not know: app: NewReason – new words',
      next: /events/,
    },
  ],
  [
    'an init container that fails',
    unready('web', [waiting('PodInitializing')], {
      status: {
        phase: 'Pending',
        initContainerStatuses: [{ ...crashed(3), name: 'migrate' }],
      },
    }),
    {},
    {
      state: 'unhealthy',
      code: 'Pod.InitContainerFailed',
      words:
        'An init container fails, so the pod cannot start: migrate: exit code 3, restarted 7 times',
      next: /log of the init container/,
    },
  ],
  [
    'an init container that is done',
    unready('web', creating, {
      status: {
        phase: 'Pending',
        initContainerStatuses: [
          { name: 'migrate', state: terminated(0, 'Completed') },
        ],
      },
    }),
    {},
    { state: 'initial', code: 'Pod.Starting' },
  ],
  ...(
    [
      [
        'Readiness probe failed: HTTP probe failed with statuscode: 503',
        'Pod.ReadinessProbeFailed',
        'The readiness probe fails, so the pod receives no requests: app: HTTP probe failed with statuscode: 503',
        /probe's endpoint/,
      ],
      [
        'Readiness probe errored and resulted in failure state: rpc error: timeout',
        'Pod.ReadinessProbeFailed',
        'The readiness probe fails, so the pod receives no requests: app: rpc error: timeout',
        /probe's endpoint/,
      ],
      [
        'Startup probe failed: dial tcp 10.1.0.7:8080: connect: connection refused',
        'Pod.StartupProbeFailed',
        'The startup probe has not succeeded yet: app: dial tcp 10.1.0.7:8080: connect: connection refused',
        /more time/,
      ],
    ] as const
  ).map(([message, code, words, next]): (typeof table)[number] => [
    message,
    unready('web', [running]),
    { events: [probe(message)] },
    { state: 'unhealthy', code, words, next },
  ]),
  [
    'a liveness probe that ends the container',
    unready('web', [crashed(137)]),
    {
      events: [
        probe(
          'Liveness probe failed: Get "http://10.1.0.7:8080/healthz/live": context deadline exceeded',
          150,
        ),
      ],
    },
    {
      state: 'unhealthy',
      code: 'Pod.LivenessProbeFailed',
      words:
        'The liveness probe fails, so the container is restarted: app: Get "http://10.1.0.7:8080/healthz/live": context deadline exceeded; app: exit code 137 (SIGKILL), restarted 7 times',
      next: /hangs or is overloaded/,
    },
  ],
  [
    'a probe that failed an hour ago',
    unready('web', [running]),
    { events: [probe('Readiness probe failed: old', 3600)] },
    {
      state: 'unhealthy',
      code: 'Pod.NotReady',
      words: expect.stringContaining('containers with unready status: [app]'),
      next: /logs of the pod/,
    },
  ],
  [
    'a probe of an earlier pod of the same name',
    unready('web', [running]),
    {
      events: [
        event(
          { kind: 'Pod', name: 'web', uid: 'other' },
          'Unhealthy',
          'Readiness probe failed: x',
        ),
      ],
    },
    { state: 'unhealthy', code: 'Pod.NotReady' },
  ],
  [
    'a container that has just started',
    unready('web', [young]),
    { events: [probe('Readiness probe failed: connection refused')] },
    { state: 'initial', code: 'Pod.Starting', words: 'The pod is starting' },
  ],
  [
    'a container whose startup probe is still waiting',
    unready('web', [young]),
    { events: [probe('Startup probe failed: connection refused')] },
    { state: 'initial', code: 'Pod.StartupProbeFailed' },
  ],
  [
    'a readiness gate',
    pod('web', {
      status: {
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            reason: 'ReadinessGatesNotReady',
            message:
              'corresponding condition of pod readiness gate "lb" does not exist.',
          },
        ],
      },
    }),
    {},
    {
      state: 'unhealthy',
      code: 'Pod.ReadinessGatesNotReady',
      words: expect.stringContaining('readiness gate "lb"'),
      next: /controller/,
    },
  ],
  [
    'a condition with a new reason',
    pod('web', {
      status: {
        conditions: [{ type: 'Ready', status: 'False', reason: 'NewReason' }],
      },
    }),
    {},
    {
      state: 'unhealthy',
      code: 'Pod.NotReadyOther',
      words: expect.stringMatching(/does not know: NewReason$/),
    },
  ],
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
      ['FailedCreatePodSandBox', 'Pod.FailedCreatePodSandBox', /network/],
      ['NetworkNotReady', 'Pod.FailedCreatePodSandBox', /network/],
    ] as const
  ).map(([reason, code, next]): (typeof table)[number] => [
    reason,
    pending([], creating),
    { events: [preparation(reason, 'the words of the kubelet')] },
    {
      state: 'unhealthy',
      code,
      words: expect.stringMatching(/: the words of the kubelet$/),
      next,
    },
  ]),
  ...(
    [
      ['Evicted', 'Pod.Evicted', /requests that match/],
      ['Preempting', 'Pod.Preempted', /priority class/],
      ['Terminated', 'Pod.NodeShutdown', /scaling history/],
      ['NodeShutdown', 'Pod.NodeShutdown', /scaling history/],
      ['DeadlineExceeded', 'Pod.DeadlineExceeded', /activeDeadlineSeconds/],
      ['UnexpectedAdmissionError', 'Pod.Rejected', /resources and labels/],
      ['NodeAffinity', 'Pod.Rejected', /resources and labels/],
      ['OutOfcpu', 'Pod.Rejected', /resources and labels/],
      ['NewReason', 'Pod.Failed', /events and logs/],
    ] as const
  ).map(([reason, code, next]): (typeof table)[number] => [
    `a pod that ended: ${reason}`,
    ended('Failed', reason, 'The node was low on resource: memory. '),
    {},
    {
      state: 'unused',
      code,
      words: expect.stringContaining('The node was low on resource: memory.'),
      next,
    },
  ]),
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
    'a node that is gone',
    unready('web', [running]),
    { nodes: new Map() },
    { state: 'unhealthy', code: 'Node.Gone', next: /delete it/ },
  ],
  [
    'a node that cannot be read',
    unready('web', [running]),
    { nodes: new Map(), freshAt: { pods: new Date() } },
    { state: 'unhealthy', code: 'Pod.NotReady' },
  ],
  [
    'a ready pod on a node that is not known yet',
    pod('web'),
    { nodes: new Map() },
    { state: 'healthy' },
  ],
  ['a ready pod that gets requests', pod('web'), {}, { state: 'healthy' }],
  [
    'a ready pod that no Service selects',
    pod('web', { metadata: { labels: { app: 'worker' } } }),
    {},
    {
      state: 'unused',
      code: 'Pod.NoService',
      words: 'No Service selects the pod, so it receives no requests',
      next: /selector/,
    },
  ],
  [
    'a ready pod without any Service',
    pod('web'),
    { services: [], endpointSlices: [] },
    { state: 'unused', code: 'Pod.NoService' },
  ],
  [
    'a ready pod that is not in an EndpointSlice',
    pod('web'),
    { endpointSlices: [] },
    { state: 'initial', code: 'Pod.NotInEndpoints', next: /EndpointSlices/ },
  ],
  [
    'a ready pod whose endpoint is not ready',
    pod('web'),
    {
      endpointSlices: [
        endpointSlice([{ pod: 'web', ready: false, serving: false }]),
      ],
    },
    { state: 'initial', code: 'Pod.NotInEndpoints' },
  ],
  [
    'an endpoint without conditions, which counts as ready',
    pod('web'),
    { endpointSlices: [endpointSlice([{ pod: 'web' }])] },
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
  it.each(table)('says %s', (_, object, changes, expected) => {
    const { targets = [] } = describeChanged({
      endpointSlices: [endpointSlice([{ pod: 'web', ready: true }])],
      ...changes,
      pods: [object],
    });
    expect(targets).toHaveLength(1);
    const [target] = targets;
    const { summary, nextStep } = explainTarget(target);
    expect(target).toMatchObject({ targetId: 'web', state: expected.state });
    expect(target.reasonCode).toBe(expected.code);
    if (expected.words !== undefined) {
      expect(summary).toEqual(expected.words);
    }
    if (expected.next) expect(nextStep).toMatch(expected.next);
  });

  it('does not say who gets requests if Services cannot be read', () => {
    const { freshAt } = { freshAt: { pods: new Date(), nodes: new Date() } };
    expect(
      describeChanged({ freshAt, services: [], endpointSlices: [] }).targets,
    ).toMatchObject([
      { state: 'unknown', reasonCode: 'Pod.TrafficUnknown' },
      { state: 'unknown', reasonCode: 'Pod.TrafficUnknown' },
    ]);
  });
});
