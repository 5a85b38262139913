import type {
  WatchedKind,
  WatchedObject,
  WorkloadObjects,
} from '../objects/types';
import { isConfirmed } from '../watch/isConfirmed';
import { watchedKindsOf } from './scaling/workloadKind';

/**
 * The objects of the kinds that can be read now. A kind whose watch broke counts
 * as not readable, so that what depends on it becomes unknown and the others
 * stay current. Of nodes the labels stay: a node never changes its zone.
 */
export function readableObjects(
  objects: WorkloadObjects,
  now: Date,
): WorkloadObjects {
  const freshAt = Object.fromEntries(
    Object.entries(objects.freshAt).filter(([, at]) => isConfirmed(at, now)),
  ) as WorkloadObjects['freshAt'];
  const list = <T>(kind: WatchedKind, each: readonly T[]) =>
    freshAt[kind] ? each : [];
  const one = <T>(kind: WatchedKind, each: T) =>
    freshAt[kind] ? each : undefined;
  const kinds = watchedKindsOf(objects.workload);
  const { workload, nodes } = objects;
  return {
    ...objects,
    freshAt,
    workload: kinds && !freshAt[kinds.own] ? identityOf(workload) : workload,
    revisions: kinds ? list(kinds.revisions, objects.revisions) : [],
    pods: list('pods', objects.pods),
    nodes: freshAt.nodes
      ? nodes
      : new Map([...nodes].map(([name, node]) => [name, identityOf(node)])),
    services: list('services', objects.services),
    endpointSlices: list('endpointslices', objects.endpointSlices),
    hpa: one('horizontalpodautoscalers', objects.hpa),
    otherHpas: list('horizontalpodautoscalers', objects.otherHpas ?? []),
    scaledObject: one('scaledobjects', objects.scaledObject),
    events: list('events', objects.events),
  };
}

/** What does not change while an object exists. */
function identityOf({ apiVersion, kind, metadata }: WatchedObject) {
  return { apiVersion, kind, metadata };
}
