import type { Entity } from '@backstage/catalog-model';
import { ENTITY_LABEL, KUBERNETES_ID } from '../objects/labels';

/** A label value has at most 63 characters. */
const MAX_LABEL = 63;

/** The value of the entity label for an entity. */
export function entityLabelOf({ metadata }: Entity): string {
  return `${metadata.namespace ?? 'default'}.${metadata.name}`.toLowerCase();
}

/** Whether the entity's name fits into a label. */
export function fitsLabel(entity: Entity): boolean {
  return entityLabelOf(entity).length <= MAX_LABEL;
}

/**
 * How a workload agrees to be shown for an entity. The label of the entity
 * decides alone: only who may change the workload can set it. The label of an id
 * counts while one owner claims it; if several do, nobody can tell whose
 * workload it is, so it is shown for none of them (see `ClaimRegistry`).
 */
export function consentOf(options: {
  labels: Readonly<Record<string, string>>;
  entity: Entity;
  kubernetesId: string;
}): 'by-entity' | 'by-id' | 'none' {
  const { labels, entity, kubernetesId } = options;
  const named = labels[ENTITY_LABEL];
  if (named !== undefined) {
    return named.toLowerCase() === entityLabelOf(entity) ? 'by-entity' : 'none';
  }
  return labels[KUBERNETES_ID] === kubernetesId ? 'by-id' : 'none';
}
