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
 * Whether a workload agrees to be shown for an entity: its labels, which only
 * its own team can set, name the entity.
 */
export function consents(options: {
  labels: Readonly<Record<string, string>>;
  entity: Entity;
  kubernetesId: string;
  /** Whether no entity of another owner claims the same id. */
  holdsId: boolean;
}): boolean {
  const { labels, entity, kubernetesId, holdsId } = options;
  const named = labels[ENTITY_LABEL];
  if (named !== undefined) return named.toLowerCase() === entityLabelOf(entity);
  return holdsId && labels[KUBERNETES_ID] === kubernetesId;
}
