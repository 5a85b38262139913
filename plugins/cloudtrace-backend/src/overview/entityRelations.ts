import {
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  type Entity,
} from '@backstage/catalog-model';

/** Refs of the owners of an entity. */
export function ownersOf(entity: Entity): string[] {
  return targetsOf(entity, RELATION_OWNED_BY);
}

/** Refs of the systems that an entity belongs to. */
export function systemsOf(entity: Entity): string[] {
  return targetsOf(entity, RELATION_PART_OF).filter(ref =>
    ref.startsWith('system:'),
  );
}

function targetsOf(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef);
}
