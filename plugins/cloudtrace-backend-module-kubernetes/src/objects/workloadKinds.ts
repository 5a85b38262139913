import type { WatchedKind } from './types';

/** Kinds of workloads by the name in manifests. */
export const workloadKinds = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  Rollout: 'rollouts',
} as const satisfies Record<string, WatchedKind>;

/** A workload's kind as manifests write it. */
export type WorkloadKind = keyof typeof workloadKinds;

/** All of them. */
export const allWorkloadKinds = Object.keys(workloadKinds) as WorkloadKind[];

/** Name of a workload within its cluster. */
export interface WorkloadName {
  namespace: string;
  kind: WorkloadKind;
  name: string;
}
