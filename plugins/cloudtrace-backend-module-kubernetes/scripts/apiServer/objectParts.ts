type Json = Record<string, any>;

/** The labels of the workload; one names the component `orders`. */
export const LABELS = { app: 'orders', 'backstage.io/kubernetes-id': 'orders' };

/** The time as Kubernetes writes it. */
export const now = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

export function podTemplate(revision: number): Json {
  return {
    metadata: { labels: LABELS },
    spec: {
      containers: [
        {
          name: 'api',
          image: `example/orders:${revision}`,
          resources: { limits: { memory: '256Mi' }, requests: { cpu: '250m' } },
        },
      ],
    },
  };
}

export function ownedBy(kind: string, { metadata }: Json): Json[] {
  return [
    {
      apiVersion: 'apps/v1',
      kind,
      name: metadata.name,
      uid: metadata.uid,
      controller: true,
    },
  ];
}

export function rolledOut(replicas: number): Json {
  return {
    replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
    updatedReplicas: replicas,
  };
}

export function progressing(
  status: string,
  reason: string,
  message: string,
): Json {
  return {
    type: 'Progressing',
    status,
    reason,
    message,
    lastUpdateTime: now(),
  };
}

export function running(): Json {
  return containerState({ running: { startedAt: now() } });
}

/** The status of a pod with one container. */
export function containerState(
  state: Json,
  lastState: Json = {},
  restartCount = 0,
): Json {
  const ready = 'running' in state;
  return {
    phase: 'Running',
    podIP: '10.0.0.1',
    podIPs: [{ ip: '10.0.0.1' }],
    conditions: [
      { type: 'PodScheduled', status: 'True', lastTransitionTime: now() },
      {
        type: 'Ready',
        status: ready ? 'True' : 'False',
        lastTransitionTime: now(),
      },
    ],
    containerStatuses: [
      {
        name: 'api',
        image: 'example/orders:1',
        imageID: '',
        ready,
        restartCount,
        state,
        lastState,
      },
    ],
  };
}

export function terminated(reason: string, exitCode: number): Json {
  return { reason, exitCode, startedAt: now(), finishedAt: now() };
}

export function autoscaler(
  current: number,
  desired: number,
  utilization: number,
) {
  return {
    currentReplicas: current,
    desiredReplicas: desired,
    lastScaleTime: current === desired ? undefined : now(),
    currentMetrics: [
      {
        type: 'Resource',
        resource: {
          name: 'cpu',
          current: {
            averageUtilization: utilization,
            averageValue: `${Math.round(utilization * 2.5)}m`,
          },
        },
      },
    ],
    conditions: [
      {
        type: 'AbleToScale',
        status: 'True',
        reason: current === desired ? 'ReadyForNewScale' : 'SucceededRescale',
        lastTransitionTime: now(),
      },
      {
        type: 'ScalingActive',
        status: 'True',
        reason: 'ValidMetricFound',
        lastTransitionTime: now(),
      },
      {
        type: 'ScalingLimited',
        status: 'False',
        reason: 'DesiredWithinRange',
        lastTransitionTime: now(),
      },
    ],
  };
}
