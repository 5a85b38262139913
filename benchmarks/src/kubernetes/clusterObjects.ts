import type { WatchedKind } from '../../../plugins/cloudtrace-backend-module-kubernetes/src/objects/types';

type Json = Record<string, any>;
/** The namespace of all workloads. */
export const NAMESPACE = 'shop';

/** An object of a cluster, under the kind that a watch reads. */
export type ClusterObject = [kind: WatchedKind, object: Json];

const NODES = 40;
const STARTED_AT = new Date(Date.now() - 3_600_000).toISOString();

/** The nodes of a cluster, over three zones. */
export function nodesOf(): ClusterObject[] {
  return Array.from({ length: NODES }, (_, index) => [
    'nodes',
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name: nodeName(index),
        uid: `node-${index}`,
        creationTimestamp: STARTED_AT,
        labels: {
          'topology.kubernetes.io/zone': `eu-central-1${'abc'[index % 3]}`,
          'node.kubernetes.io/instance-type': 'm7g.2xlarge',
        },
        managedFields: managedFields(40),
      },
      spec: {},
      status: {
        conditions: [condition('Ready')],
        images: Array.from({ length: 50 }, (__, image) => ({
          names: [`registry.example.com/team/image-${image}:1.0.${image}`],
          sizeBytes: 100_000_000,
        })),
      },
    },
  ]);
}

/** A Deployment with everything that a cluster has for it. */
export function workloadObjects(
  name: string,
  podCount: number,
): ClusterObject[] {
  const labels = { app: name };
  const revision = `${name}-5d4f8c7b9`;
  const pods = Array.from({ length: podCount }, (_, index) =>
    podOf(name, index, true),
  );
  return [
    [
      'deployments',
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: {
          ...metadataOf(name),
          generation: 1,
          labels: { ...labels, 'backstage.io/kubernetes-id': name },
          annotations: { 'deployment.kubernetes.io/revision': '1' },
        },
        spec: {
          replicas: podCount,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: podSpec() },
        },
        status: {
          observedGeneration: 1,
          replicas: podCount,
          readyReplicas: podCount,
          updatedReplicas: podCount,
          availableReplicas: podCount,
          conditions: [condition('Available'), condition('Progressing')],
        },
      },
    ],
    [
      'replicasets',
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: {
          ...metadataOf(revision),
          labels,
          annotations: { 'deployment.kubernetes.io/revision': '1' },
          ownerReferences: [ownerOf('Deployment', name)],
        },
        spec: {
          replicas: podCount,
          template: { metadata: { labels }, spec: podSpec() },
        },
        status: { replicas: podCount, readyReplicas: podCount },
      },
    ],
    ...pods.map((pod): ClusterObject => ['pods', pod]),
    [
      'services',
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: metadataOf(name),
        spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
      },
    ],
    [
      'endpointslices',
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          ...metadataOf(`${name}-x`),
          labels: { 'kubernetes.io/service-name': name },
        },
        ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
        endpoints: pods.map(({ metadata }) => ({
          addresses: ['10.1.0.7'],
          targetRef: {
            kind: 'Pod',
            name: metadata.name,
            namespace: metadata.namespace,
          },
          conditions: { ready: true, serving: true, terminating: false },
        })),
      },
    ],
    [
      'horizontalpodautoscalers',
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: metadataOf(name),
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
          minReplicas: 2,
          maxReplicas: 2 * podCount,
          metrics: [
            {
              type: 'Resource',
              resource: {
                name: 'cpu',
                target: { type: 'Utilization', averageUtilization: 60 },
              },
            },
          ],
        },
        status: {
          currentReplicas: podCount,
          desiredReplicas: podCount,
          conditions: [condition('AbleToScale'), condition('ScalingActive')],
        },
      },
    ],
  ];
}

/** A pod of a Deployment, as the kubelet reports it. */
export function podOf(name: string, index: number, ready: boolean): Json {
  const revision = `${name}-5d4f8c7b9`;
  const status = ready ? 'True' : 'False';
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadataOf(podName(name, index)),
      labels: { app: name, 'pod-template-hash': '5d4f8c7b9' },
      ownerReferences: [ownerOf('ReplicaSet', revision)],
    },
    spec: { ...podSpec(), nodeName: nodeName(index % NODES) },
    status: {
      phase: 'Running',
      startTime: STARTED_AT,
      podIP: '10.1.0.7',
      conditions: [
        condition('PodScheduled'),
        condition('Initialized'),
        condition('ContainersReady', status),
        condition('Ready', status),
      ],
      containerStatuses: [
        {
          name: 'app',
          image: IMAGE,
          imageID: `registry.example.com/team/app@sha256:${'ab'.repeat(32)}`,
          ready,
          started: true,
          restartCount: 0,
          state: { running: { startedAt: STARTED_AT } },
        },
      ],
    },
  };
}

/** What metrics-server measures of a pod. */
export function podMetricsOf(
  name: string,
  index: number,
  timestamp: string,
): Json {
  return {
    metadata: { name: podName(name, index), namespace: NAMESPACE },
    timestamp,
    window: '15s',
    containers: [
      {
        name: 'app',
        usage: { cpu: `${(index + 1) * 12_345_678}n`, memory: '131072Ki' },
      },
    ],
  };
}

export const podName = (name: string, index: number) =>
  `${name}-5d4f8c7b9-p${index}`;

const IMAGE = 'registry.example.com/team/app:1.0.0';

const nodeName = (index: number) => `ip-10-0-0-${index}.internal`;

function metadataOf(name: string): Json {
  return {
    name,
    namespace: NAMESPACE,
    uid: `uid-${name}`,
    creationTimestamp: STARTED_AT,
    managedFields: managedFields(20),
  };
}

function ownerOf(kind: string, name: string) {
  return { apiVersion: 'apps/v1', kind, name, uid: `uid-${name}` };
}

function condition(type: string, status = 'True') {
  return {
    type,
    status,
    lastTransitionTime: STARTED_AT,
    ...(status === 'False' && { reason: 'ContainersNotReady' }),
  };
}

/** What a typical pod declares: about a third of it is of no interest to CloudTrace. */
function podSpec(): Json {
  return {
    containers: [
      {
        name: 'app',
        image: IMAGE,
        ports: [{ containerPort: 8080 }],
        env: Array.from({ length: 20 }, (_, index) => ({
          name: `SETTING_${index}`,
          value: 'a value of some length',
        })),
        resources: {
          requests: { cpu: '250m', memory: '256Mi' },
          limits: { memory: '512Mi' },
        },
        readinessProbe: {
          httpGet: { path: '/healthz', port: 8080 },
          periodSeconds: 10,
        },
        volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
      },
    ],
    volumes: [{ name: 'tmp', emptyDir: {} }],
    tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute' }],
  };
}

/** The largest part of most objects in a cluster. */
function managedFields(entries: number): Json[] {
  return [
    {
      manager: 'kube-controller-manager',
      operation: 'Update',
      time: STARTED_AT,
      fieldsV1: Object.fromEntries(
        Array.from({ length: entries }, (_, index) => [
          `f:field-${index}`,
          { 'f:nested': { '.': {} } },
        ]),
      ),
    },
  ];
}
