import type { FleetResource } from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject, WorkloadObjects } from '../objects/types';
import { describeWorkload } from '../describe/describeWorkload';

/*
 * Objects as a cluster returns them, in the shapes that kubelet and controllers
 * of Kubernetes 1.35 write.
 */

export const NOW = new Date('2026-11-30T12:00:00Z');

/** A time before now, as Kubernetes writes it. */
export const ago = (seconds: number) =>
  new Date(NOW.getTime() - seconds * 1000).toISOString().replace('.000', '');

export const RESOURCE: FleetResource = {
  provider: 'kubernetes',
  id: 'c1/shop/Deployment/web',
  type: 'kubernetes-workload',
  name: 'web',
};

type Fields = Record<string, unknown>;

/** A running, ready pod on node-a that the Service `web` selects. */
export function pod(
  name: string,
  { metadata, spec, status }: Record<string, Fields> = {},
): WatchedObject {
  return {
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      creationTimestamp: ago(3600),
      labels: { app: 'web' },
      ...metadata,
    },
    spec: {
      nodeName: 'node-a',
      containers: [{ name: 'app', resources: { limits: { memory: '256Mi' } } }],
      ...spec,
    },
    status: {
      phase: 'Running',
      startTime: ago(3590),
      podIP: '10.1.0.7',
      conditions: [
        { type: 'PodScheduled', status: 'True', lastTransitionTime: ago(3600) },
        { type: 'Ready', status: 'True', lastTransitionTime: ago(3500) },
      ],
      containerStatuses: [container()],
      ...status,
    },
  };
}

/** A status of the container `app`. */
export function container(fields: Fields = {}): Fields {
  return {
    name: 'app',
    ready: true,
    started: true,
    restartCount: 0,
    state: { running: { startedAt: ago(3580) } },
    ...fields,
  };
}

/** A pod that is not ready, with the given containers. */
export function unready(
  name: string,
  containerStatuses: Fields[],
  { metadata, spec, status }: Record<string, Fields> = {},
): WatchedObject {
  return pod(name, {
    metadata,
    spec,
    status: {
      conditions: [
        { type: 'PodScheduled', status: 'True', lastTransitionTime: ago(3600) },
        {
          type: 'Ready',
          status: 'False',
          reason: 'ContainersNotReady',
          message: 'containers with unready status: [app]',
          lastTransitionTime: ago(300),
        },
      ],
      containerStatuses,
      ...status,
    } as Fields,
  });
}

/** A node in a zone. */
export function node(
  name: string,
  zone: string,
  ready: Fields = { status: 'True', reason: 'KubeletReady' },
  spec: Fields = {},
): WatchedObject {
  return {
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'topology.kubernetes.io/zone': zone,
        'node.kubernetes.io/instance-type': 'm7g.large',
      },
    },
    spec,
    status: {
      conditions: [{ type: 'Ready', lastTransitionTime: ago(240), ...ready }],
    },
  };
}

/** An EndpointSlice of the Service `web`. */
export function endpointSlice(
  endpoints: Array<{ pod: string } & Fields>,
): WatchedObject {
  return {
    kind: 'EndpointSlice',
    metadata: {
      name: 'web-1',
      labels: { 'kubernetes.io/service-name': 'web' },
    },
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    endpoints: endpoints.map(({ pod: name, ...conditions }) => ({
      addresses: ['10.1.0.7'],
      targetRef: { kind: 'Pod', name, namespace: 'shop' },
      conditions,
    })),
  };
}

let lastEvent = 0;

/** An Event of core/v1 about an object. */
export function event(
  about: { kind: string; name: string } & Fields,
  reason: string,
  message: string,
  { seconds = 60, ...fields }: { seconds?: number } & Fields = {},
): WatchedObject {
  lastEvent += 1;
  return {
    kind: 'Event',
    metadata: {
      name: `e${lastEvent}`,
      namespace: 'shop',
      uid: `event-${lastEvent}`,
    },
    involvedObject: { namespace: 'shop', ...about },
    reason,
    message,
    type: 'Warning',
    count: 1,
    firstTimestamp: ago(seconds),
    lastTimestamp: ago(seconds),
    ...fields,
  };
}

/** The same stored event as events.k8s.io/v1 shows it. */
export function asNewApi(old: WatchedObject): WatchedObject {
  const { involvedObject, message, firstTimestamp, lastTimestamp, ...rest } =
    old;
  return {
    ...rest,
    count: undefined,
    regarding: involvedObject,
    note: message,
    deprecatedCount: old.count,
    deprecatedFirstTimestamp: firstTimestamp,
    deprecatedLastTimestamp: lastTimestamp,
  };
}

/** A ReplicaSet of the Deployment `web`. */
export function replicaSet(
  name: string,
  revision: number,
  {
    seconds = 7200,
    image = `registry.example.com/shop/web:1.${revision}`,
  } = {},
): WatchedObject {
  return {
    kind: 'ReplicaSet',
    metadata: {
      name,
      uid: `uid-${name}`,
      creationTimestamp: ago(seconds),
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
    },
    spec: { template: { spec: { containers: [{ name: 'app', image }] } } },
  };
}

/** The Deployment `web`, rolled out. */
export function deployment({
  metadata,
  spec,
  status,
}: Record<string, Fields> = {}): WatchedObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid: 'uid-web',
      generation: 4,
      annotations: { 'deployment.kubernetes.io/revision': '3' },
      ...metadata,
    },
    spec: { replicas: 2, ...spec },
    status: {
      observedGeneration: 4,
      replicas: 2,
      readyReplicas: 2,
      updatedReplicas: 2,
      availableReplicas: 2,
      conditions: [
        {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
          message: 'ReplicaSet "web-3" has successfully progressed.',
          lastUpdateTime: ago(7100),
        },
      ],
      ...status,
    },
  };
}

const ALL_FRESH: WorkloadObjects['freshAt'] = Object.fromEntries(
  [
    ...['deployments', 'statefulsets', 'daemonsets', 'rollouts'],
    ...['replicasets', 'controllerrevisions', 'pods', 'nodes', 'services'],
    ...['endpointslices', 'horizontalpodautoscalers', 'scaledobjects'],
    'events',
  ].map(kind => [kind, NOW]),
);

/** A healthy Deployment with two pods in two zones behind a Service. */
export function workload(
  changes: Partial<WorkloadObjects> = {},
): WorkloadObjects {
  const pods = changes.pods ?? [
    pod('web-3-a'),
    pod('web-3-b', { spec: { nodeName: 'node-b' } }),
  ];
  return {
    cluster: 'c1',
    workload: deployment(),
    revisions: [replicaSet('web-3', 3)],
    nodes: new Map([
      ['node-a', node('node-a', 'eu-1a')],
      ['node-b', node('node-b', 'eu-1b')],
    ]),
    services: [{ kind: 'Service', spec: { selector: { app: 'web' } } }],
    endpointSlices: [
      endpointSlice([
        { pod: 'web-3-a', ready: true, serving: true, terminating: false },
        { pod: 'web-3-b', ready: true, serving: true, terminating: false },
      ]),
    ],
    events: [],
    freshAt: ALL_FRESH,
    ...changes,
    pods,
  };
}

/** The report of a workload, by default a healthy one. */
export function describeChanged(
  changes: Partial<WorkloadObjects> = {},
  since?: Date,
) {
  return describeWorkload(workload(changes), {
    resource: RESOURCE,
    now: NOW,
    since,
  });
}
