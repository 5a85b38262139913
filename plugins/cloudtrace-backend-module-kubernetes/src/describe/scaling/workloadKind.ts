import type { FleetResource } from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedKind, WatchedObject } from '../../objects/types';
import { textAt } from '../fields';

/** Kinds of workloads. */
type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Rollout';

const KINDS: Readonly<
  Record<WorkloadKind, { own: WatchedKind; revisions: WatchedKind }>
> = {
  Deployment: { own: 'deployments', revisions: 'replicasets' },
  Rollout: { own: 'rollouts', revisions: 'replicasets' },
  StatefulSet: { own: 'statefulsets', revisions: 'controllerrevisions' },
  DaemonSet: { own: 'daemonsets', revisions: 'controllerrevisions' },
};

/** The kind of a workload; absent if it is another one. */
export function workloadKindOf(
  workload: WatchedObject,
): WorkloadKind | undefined {
  const kind = textAt(workload, 'kind') ?? '';
  return Object.hasOwn(KINDS, kind) ? (kind as WorkloadKind) : undefined;
}

/** The watched kinds of a workload and of its revisions. */
export function watchedKindsOf(workload: WatchedObject) {
  const kind = workloadKindOf(workload);
  return kind && KINDS[kind];
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
  const kind = Object.keys(KINDS).find(
    each => type === `kubernetes-${each.toLowerCase()}`,
  );
  return kind ? { ...workload, kind } : workload;
}
