import type { WatchedKind, WatchedObject } from '../objects/types';
import { describeWorkload } from '../describe/describeWorkload';
import {
  ago,
  container as status,
  deployment,
  event,
  NOW,
  pod,
  replicaSet,
  RESOURCE,
  workload,
} from '../testUtils/workloadObjects';
import type { WorkloadObjects } from '../objects/types';
import { prune } from './prune';

const container = {
  name: 'api',
  image: 'shop/orders:1',
  resources: { limits: { memory: '1Gi' } },
  env: [{ name: 'PASSWORD', value: 'secret' }],
  envFrom: [{ secretRef: { name: 'secret' } }],
  command: ['run', '--token=secret'],
  args: ['secret'],
  volumeMounts: [{ name: 'secret' }],
  readinessProbe: {
    periodSeconds: 5,
    httpGet: {
      path: '/healthz/ready',
      port: 8080,
      httpHeaders: [{ name: 'Authorization', value: 'secret' }],
    },
  },
  livenessProbe: { exec: { command: ['check', 'secret'] } },
};
const podSpec = {
  containers: [
    container,
    { name: 'agent', readinessProbe: { exec: { command: ['secret'] } } },
  ],
  initContainers: [container],
  volumes: [{ name: 'secret' }],
};
/** With `FallbackToLogsOnError`, the message is the end of the container's log. */
const ended = {
  terminated: { exitCode: 1, reason: 'Error', message: 'secret' },
};
const podStatus = {
  phase: 'Running',
  containerStatuses: [{ name: 'api', state: ended, lastState: ended }],
  initContainerStatuses: [{ name: 'migrate', state: ended }],
};
const metadata = {
  name: 'orders',
  managedFields: [{ manager: 'secret' }],
  annotations: {
    'kubectl.kubernetes.io/last-applied-configuration': 'secret',
    'deployment.kubernetes.io/revision': '7',
  },
};
const template = { metadata, spec: podSpec };

const objects: Array<[WatchedKind, WatchedObject]> = [
  ['pods', { metadata, spec: podSpec, status: podStatus }],
  ['deployments', { metadata, spec: { replicas: 1, template } }],
  ['replicasets', { metadata, spec: { template } }],
  [
    'statefulsets',
    { metadata, spec: { template, volumeClaimTemplates: ['secret'] } },
  ],
  ['controllerrevisions', { metadata, data: { spec: { template } } }],
  [
    'scaledobjects',
    {
      metadata,
      spec: {
        maxReplicaCount: 20,
        triggers: [
          {
            type: 'cron',
            metadata: {
              start: '0 6 * * *',
              desiredReplicas: '10',
              host: 'amqp://user:secret@host',
              passwordFromEnv: 'secret',
            },
          },
        ],
      },
    },
  ],
];

it.each(objects)(
  'keeps nothing of %s that can be a credential',
  (kind, object) => {
    const text = JSON.stringify(prune(kind, object));
    expect(text).not.toContain('secret');
    expect(text).toContain('"deployment.kubernetes.io/revision":"7"');
  },
);

it.each(['pods', 'deployments', 'controllerrevisions'] as const)(
  'keeps images, limits and readiness probes of %s',
  kind => {
    const [, object] = objects.find(([name]) => name === kind)!;
    const text = JSON.stringify(prune(kind, object));
    expect(text).toContain('"image":"shop/orders:1"');
    expect(text).toContain('"limits":{"memory":"1Gi"}');
    expect(text).toContain('"httpGet":{"path":"/healthz/ready","port":8080}');
    expect(text).toContain('"exec":{}');
  },
);

it('keeps why the containers of a pod ended', () => {
  const end = { terminated: { exitCode: 1, reason: 'Error' } };
  expect(prune('pods', { metadata, spec: podSpec, status: podStatus })).toEqual(
    expect.objectContaining({
      status: {
        phase: 'Running',
        containerStatuses: [{ name: 'api', state: end, lastState: end }],
        initContainerStatuses: [{ name: 'migrate', state: end, lastState: {} }],
      },
    }),
  );
});

it('keeps the limits of KEDA and the schedules of its triggers', () => {
  const [, object] = objects.at(-1)!;
  expect(prune('scaledobjects', object)).toMatchObject({
    spec: {
      maxReplicaCount: 20,
      triggers: [
        {
          type: 'cron',
          metadata: { start: '0 6 * * *', desiredReplicas: '10' },
        },
      ],
    },
  });
});

it.each([null, 7, 'text', [], {}])('accepts a spec that is %j', spec => {
  for (const [kind] of objects) {
    const object = { metadata: spec, spec, status: spec, data: spec };
    expect(() => prune(kind, object)).not.toThrow();
  }
});

/** Objects with everything that a report shows. */
const rich = workload({
  workload: deployment({
    spec: {
      replicas: 2,
      paused: true,
      minReadySeconds: 5,
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [container] },
      },
    },
  }),
  revisions: [replicaSet('web-3', 3), replicaSet('web-2', 2)],
  pods: [
    pod('web-3-a'),
    pod('web-3-b', {
      metadata: {
        deletionTimestamp: ago(3600),
        finalizers: ['example.com/backup'],
      },
    }),
    pod('web-3-c', {
      status: {
        containerStatuses: [
          status({
            ready: false,
            restartCount: 3,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
          }),
        ],
      },
    }),
  ],
  hpa: {
    metadata: {
      name: 'keda-hpa-web',
      labels: { 'scaledobject.keda.sh/name': 'web' },
    },
    spec: {
      scaleTargetRef: { kind: 'Deployment', name: 'web' },
      minReplicas: 1,
      maxReplicas: 9,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { averageUtilization: 70 } },
        },
      ],
    },
    status: {
      currentMetrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', current: { averageUtilization: 41 } },
        },
      ],
    },
  },
  scaledObject: {
    metadata: {
      name: 'web',
      annotations: { 'autoscaling.keda.sh/paused': 'true' },
    },
    spec: {
      minReplicaCount: 2,
      maxReplicaCount: 9,
      idleReplicaCount: 0,
      triggers: [
        {
          type: 'cron',
          name: 'morning',
          metadata: {
            start: '0 6 * * *',
            end: '0 20 * * *',
            timezone: 'Europe/Berlin',
            desiredReplicas: '4',
          },
        },
      ],
    },
    status: { conditions: [{ type: 'Ready', status: 'False', reason: 'Bad' }] },
  },
  events: [
    event({ kind: 'Pod', name: 'web-3-c' }, 'BackOff', 'Back-off restarting'),
    event({ kind: 'Pod', name: 'web-2-x' }, 'Preempted', 'Preempted by x'),
  ],
});

function pruneAll(watched: WorkloadObjects): WorkloadObjects {
  const each = (kind: WatchedKind, list: readonly WatchedObject[]) =>
    list.map(object => prune(kind, object));
  return {
    ...watched,
    workload: prune('deployments', watched.workload),
    revisions: each('replicasets', watched.revisions),
    pods: each('pods', watched.pods),
    nodes: new Map(
      [...watched.nodes].map(([name, node]) => [name, prune('nodes', node)]),
    ),
    services: each('services', watched.services),
    endpointSlices: each('endpointslices', watched.endpointSlices),
    hpa: prune('horizontalpodautoscalers', watched.hpa!),
    scaledObject: prune('scaledobjects', watched.scaledObject!),
    events: each('events', watched.events),
  };
}

it('keeps the ports of a Service, without which its slices have none', () => {
  const ports = [{ name: 'http', port: 80, targetPort: 'http' }];
  const service = {
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports, clusterIP: '10.0.0.1' },
  };
  expect(prune('services', service).spec).toEqual({
    selector: { app: 'web' },
    ports,
  });
});

it('drops nothing that a report shows', () => {
  const report = (watched: WorkloadObjects) =>
    describeWorkload(watched, { resource: RESOURCE, now: NOW });
  const expected = report(rich);
  expect(JSON.stringify(expected)).toContain('finalizers example.com/backup');
  expect(JSON.stringify(expected)).toContain('0 6 * * * – 0 20 * * *');
  expect(report(pruneAll(rich))).toEqual(expected);
});
