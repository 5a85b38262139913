import {
  expectPodState,
  waiting,
  type PodState,
} from '../../testUtils/podStates';
import {
  ago,
  container,
  event,
  pod,
  unready,
} from '../../testUtils/workloadObjects';

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
const creating = [waiting('ContainerCreating')];

/** A pod whose containers have been ready for some time, and whose gate has not. */
const gated = (secondsReady: number) =>
  pod('web', {
    status: {
      conditions: [
        {
          type: 'ContainersReady',
          status: 'True',
          lastTransitionTime: ago(secondsReady),
        },
        {
          type: 'Ready',
          status: 'False',
          reason: 'ReadinessGatesNotReady',
          message:
            'corresponding condition of pod readiness gate "lb" does not exist.',
          lastTransitionTime: ago(600),
        },
      ],
    },
  });

/** State, code, words and next step of each state. */
const table: PodState[] = [
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
    'a crash loop by a signal, without what the process wrote',
    unready('web', [crashed(139, 'Error', { message: 'db://user:secret@db' })]),
    {},
    {
      state: 'unhealthy',
      code: 'Pod.CrashLoopBackOff',
      words:
        'A container crashes again and again: app: exit code 139 (SIGSEGV), restarted 7 times',
    },
  ],
  [
    'a process that could not be started, with the reason',
    unready('web', [crashed(128, 'StartError')]),
    {},
    {
      state: 'unhealthy',
      code: 'Pod.CrashLoopBackOff',
      words:
        'A container crashes again and again: app: StartError, exit code 128, restarted 7 times',
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
      words: 'A container exited and is being restarted: app: exit code 2',
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
  ).map(
    ([reason, code, next]): PodState => [
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
    ],
  ),
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
  ).map(
    ([message, code, words, next]): PodState => [
      message,
      unready('web', [running]),
      { events: [probe(message)] },
      { state: 'unhealthy', code, words, next },
    ],
  ),
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
    'a readiness gate after probes that failed while the container started',
    gated(300),
    { events: [probe('Readiness probe failed: connection refused')] },
    { state: 'unhealthy', code: 'Pod.ReadinessGatesNotReady' },
  ],
  [
    'a readiness gate that has waited for a short time',
    gated(60),
    { events: [probe('Startup probe failed: connection refused')] },
    {
      state: 'initial',
      code: 'Pod.ReadinessGatesNotReady',
      words: expect.stringContaining('readiness gate "lb"'),
    },
  ],
  [
    'a condition that is late, although the containers are ready again',
    unready('web', [container()]),
    { events: [probe('Readiness probe failed: connection refused')] },
    { state: 'unhealthy', code: 'Pod.NotReady' },
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
];

describe('the containers of a pod', () => {
  it.each(table)('says %s', (...row) => {
    expectPodState(row);
  });
});
