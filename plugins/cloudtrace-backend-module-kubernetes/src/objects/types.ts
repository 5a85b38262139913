import type {
  FleetReport,
  FleetResource,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { NamespaceUsage } from './PodUsage';

/**
 * The kinds that the module watches, by the plural name that RBAC and URLs use.
 * HPA and ScaledObject scale a workload; Events explain it.
 */
export type WatchedKind =
  | 'deployments'
  | 'statefulsets'
  | 'daemonsets'
  | 'rollouts'
  | 'replicasets'
  | 'controllerrevisions'
  | 'pods'
  | 'nodes'
  | 'services'
  | 'endpointslices'
  | 'horizontalpodautoscalers'
  | 'scaledobjects'
  | 'events';

/**
 * Any Kubernetes object, pruned and unchecked: a cluster, an operator or a
 * broken proxy may have written anything into it. Readers check before use.
 */
export interface WatchedObject {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly metadata?: unknown;
  readonly spec?: unknown;
  readonly status?: unknown;
  readonly [field: string]: unknown;
}

/**
 * One workload and all objects that belong to it, as the watches know them now.
 * Objects are pruned and may be malformed: every field may be missing.
 */
export interface WorkloadObjects {
  /** Name of the cluster in the `kubernetes` section of the portal's configuration. */
  cluster: string;
  /** How far the clock of the API server is ahead of the portal's; absent if unknown. */
  clockAheadMs?: number;
  /** Deployment, StatefulSet, DaemonSet, or Rollout of argoproj.io. */
  workload: WatchedObject;
  /** ReplicaSets or ControllerRevisions that the workload owns. */
  revisions: readonly WatchedObject[];
  pods: readonly WatchedObject[];
  /** Nodes of the pods by name. */
  nodes: ReadonlyMap<string, WatchedObject>;
  /** Services that select the pods, and the one with the name of the workload. */
  services: readonly WatchedObject[];
  /** EndpointSlices of these Services. */
  endpointSlices: readonly WatchedObject[];
  /** The autoscaler; the first by name if there are several. */
  hpa?: WatchedObject;
  /** Further autoscalers of the same workload, which is a mistake. */
  otherHpas?: readonly WatchedObject[];
  scaledObject?: WatchedObject;
  /** Events about the workload, its revisions, pods and HPA, of core/v1 or events.k8s.io/v1. */
  events: readonly WatchedObject[];
  /** What the pods of the namespace use; absent before it was read. */
  usage?: NamespaceUsage;
  /** When each kind was last known to be complete. Absent: the kind could not be read. */
  freshAt: Readonly<Partial<Record<WatchedKind, Date>>>;
}

/** Describes a workload in the words of the fleet model. */
export type DescribeWorkload = (
  objects: WorkloadObjects,
  context: { resource: FleetResource; now: Date; since?: Date },
) => FleetReport;
