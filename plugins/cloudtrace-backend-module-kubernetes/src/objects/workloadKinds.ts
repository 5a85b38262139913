import type { WatchedKind } from './types';

/** Kinds of workloads by the name in manifests. */
export const workloadKinds = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  Rollout: 'rollouts',
} as const satisfies Record<string, WatchedKind>;

/** Kinds of the revisions of each kind of workload. */
export const revisionKinds = {
  Deployment: 'replicasets',
  StatefulSet: 'controllerrevisions',
  DaemonSet: 'controllerrevisions',
  Rollout: 'replicasets',
} as const satisfies Record<WorkloadKind, WatchedKind>;

/** A workload's kind as manifests write it. */
export type WorkloadKind = keyof typeof workloadKinds;

/** All of them. */
export const allWorkloadKinds = Object.keys(workloadKinds) as WorkloadKind[];

/** Whether a kind that a manifest names is one of a workload. */
export function isWorkloadKind(kind: string): kind is WorkloadKind {
  return Object.hasOwn(workloadKinds, kind);
}

/** The kind of workloads that a watched kind contains; undefined if it contains others. */
export function workloadKindOfWatched(
  watched: WatchedKind,
): WorkloadKind | undefined {
  return allWorkloadKinds.find(kind => workloadKinds[kind] === watched);
}

/** Name of a workload within its cluster. */
export interface WorkloadName {
  namespace: string;
  kind: WorkloadKind;
  name: string;
}
