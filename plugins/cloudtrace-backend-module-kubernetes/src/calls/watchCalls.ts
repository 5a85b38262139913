import type { WatchedKind } from '../objects/types';

/** A list-and-watch call of the Kubernetes API that the module uses. */
export interface WatchCall {
  kind: WatchedKind;
  /** API group; empty for the core group. */
  group: string;
  version: string;
  /** Why the module needs it; the documentation prints this. */
  purpose: string;
  /** Whether clusters exist that do not have this API. */
  optional?: boolean;
}

/** Verbs that every call needs. */
export const WATCH_VERBS = ['list', 'watch'] as const;

/*
 * Every call to the Kubernetes API that lists and watches. All requests for
 * objects go through an entry of this table or through `podMetricsCall`, and the
 * ClusterRole in the documentation is generated from them, so they cannot
 * differ. The list of API groups needs no role: clusters let everyone who is
 * signed in read it.
 */
export const watchCalls: readonly WatchCall[] = [
  {
    kind: 'deployments',
    group: 'apps',
    version: 'v1',
    purpose: 'workloads with their labels, size and rollout state',
  },
  {
    kind: 'statefulsets',
    group: 'apps',
    version: 'v1',
    purpose: 'workloads with their labels, size and rollout state',
  },
  {
    kind: 'daemonsets',
    group: 'apps',
    version: 'v1',
    purpose: 'workloads with their labels, size and rollout state',
  },
  {
    kind: 'replicasets',
    group: 'apps',
    version: 'v1',
    purpose: 'the revisions of Deployments and Rollouts, and their pods',
  },
  {
    kind: 'controllerrevisions',
    group: 'apps',
    version: 'v1',
    purpose: 'the revisions of StatefulSets and DaemonSets',
  },
  {
    kind: 'rollouts',
    group: 'argoproj.io',
    version: 'v1alpha1',
    purpose: 'workloads of Argo Rollouts',
    optional: true,
  },
  {
    kind: 'pods',
    group: '',
    version: 'v1',
    purpose: 'instances, their state and the reason for it',
  },
  {
    kind: 'nodes',
    group: '',
    version: 'v1',
    purpose: 'zones, and nodes that fail or are drained',
  },
  {
    kind: 'services',
    group: '',
    version: 'v1',
    purpose: 'which Services send requests to a workload',
  },
  {
    kind: 'endpointslices',
    group: 'discovery.k8s.io',
    version: 'v1',
    purpose: 'which pods receive requests',
  },
  {
    kind: 'horizontalpodautoscalers',
    group: 'autoscaling',
    version: 'v2',
    purpose: 'limits, policies and the metric that drives scaling',
  },
  {
    kind: 'scaledobjects',
    group: 'keda.sh',
    version: 'v1alpha1',
    purpose: 'limits and triggers of KEDA',
    optional: true,
  },
  {
    kind: 'events',
    group: '',
    version: 'v1',
    purpose: 'history: scaling, failed probes, evictions, drains',
  },
];

/**
 * The metrics of pods, which cannot be watched: the only list call besides
 * those of {@link watchCalls}.
 */
export const podMetricsCall = {
  kind: 'pods',
  group: 'metrics.k8s.io',
  version: 'v1beta1',
  purpose: 'what pods use of CPU and memory',
  verbs: ['list'],
} as const;

/** Path of {@link podMetricsCall} in a namespace. */
export function podMetricsPath(namespace: string): string {
  return `${apiPathOf(podMetricsCall)}/namespaces/${encodeURIComponent(
    namespace,
  )}/${podMetricsCall.kind}`;
}

/** Path of the list of API groups that a cluster has. */
export const API_GROUPS_PATH = '/apis';

/** Path of a call for all namespaces. */
export function pathOf({ group, version, kind }: WatchCall): string {
  return `${apiPathOf({ group, version })}/${kind}`;
}

/** Path of an API group and version. */
export function apiPathOf(call: Pick<WatchCall, 'group' | 'version'>): string {
  return call.group
    ? `/apis/${call.group}/${call.version}`
    : `/api/${call.version}`;
}
