import type { FleetResource } from '@cloudtrace/plugin-cloudtrace-common';
import type {
  WatchedKind,
  WatchedObject,
  WorkloadObjects,
} from '../../objects/types';
import {
  allWorkloadKinds,
  isWorkloadKind,
  revisionKinds,
  workloadKinds,
  type WorkloadKind,
} from '../../objects/workloadKinds';
import { textAt } from '../fields';

/** The kind of a workload; absent if it is another one. */
export function workloadKindOf(
  workload: WatchedObject,
): WorkloadKind | undefined {
  const kind = textAt(workload, 'kind') ?? '';
  return isWorkloadKind(kind) ? kind : undefined;
}

/** The watched kinds of a workload and of its revisions. */
export function watchedKindsOf(
  workload: WatchedObject,
): { own: WatchedKind; revisions: WatchedKind } | undefined {
  const kind = workloadKindOf(workload);
  return kind && { own: workloadKinds[kind], revisions: revisionKinds[kind] };
}

/**
 * The kinds that the pods of a workload are found through: those of a Deployment
 * or Rollout belong to its ReplicaSets.
 */
export function podKindsOf(workload: WatchedObject): WatchedKind[] {
  const revisions = watchedKindsOf(workload)?.revisions;
  return revisions === 'replicasets' ? ['pods', revisions] : ['pods'];
}

/** Whether the pods of a workload are known; otherwise, no pods does not mean none. */
export function arePodsKnown({
  workload,
  freshAt,
}: Pick<WorkloadObjects, 'workload' | 'freshAt'>): boolean {
  return podKindsOf(workload).every(kind => freshAt[kind]);
}

/**
 * The workload with its kind. The items of a list of the API server have none,
 * but the type of the resource names it.
 */
export function withKind(
  workload: WatchedObject,
  { type }: Pick<FleetResource, 'type'>,
): WatchedObject {
  if (textAt(workload, 'kind')) return workload;
  const kind = allWorkloadKinds.find(
    each => type === `kubernetes-${each.toLowerCase()}`,
  );
  return kind ? { ...workload, kind } : workload;
}
