import { ENTITY_LABEL, KUBERNETES_ID } from '../objects/labels';
import type { WatchedObject } from '../objects/types';
import { labelsOf, ownLabelsOf, recordOf } from './readers';

/** Labels of the pods that a workload creates. */
export function podLabelsOf(workload: WatchedObject): Record<string, string> {
  const { metadata } = recordOf(recordOf(workload.spec).template);
  return labelsOf(recordOf(metadata).labels);
}

/** Labels of a workload, and of its pods where it has none itself. */
export function allLabelsOf(workload: WatchedObject): Record<string, string> {
  return {
    ...podLabelsOf(workload),
    ...ownLabelsOf(workload),
  };
}

/** Index key of the workloads whose label names an entity. */
export function entityKey(label: string): string {
  return `entity/${label.toLowerCase()}`;
}

/** Index key of the workloads that name an id and no entity. */
export function idKey(kubernetesId: string): string {
  return `id/${kubernetesId}`;
}

/** Whom a workload agrees to be shown for. */
export function consentKeysOf(workload: WatchedObject): string[] {
  const { [ENTITY_LABEL]: entity, [KUBERNETES_ID]: id } = allLabelsOf(workload);
  if (entity !== undefined) return [entityKey(entity)];
  return id === undefined ? [] : [idKey(id)];
}
