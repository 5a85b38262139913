import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { FleetScopeWithEntity } from '@cloudtrace/plugin-cloudtrace-node';
import { RecentGroups } from './RecentGroups';

interface Claim {
  name: string;
  owner: string;
}

/**
 * Which entities claim which value of `backstage.io/kubernetes-id`. The label
 * names no team, so that one of two teams with the same value would see the
 * other team's workloads.
 */
export class ClaimRegistry {
  readonly #claims = new RecentGroups<Claim>();

  /** Notes that an entity claims an id. */
  note(
    id: string,
    { entityRef, entity }: FleetScopeWithEntity,
    nowMs: number,
  ): void {
    const claim = { name: entity.metadata.name, owner: ownerOf(entity) };
    this.#claims.note(id, entityRef, claim, nowMs);
  }

  /**
   * Whether workloads with this id belong to the entity: if entities of several
   * owners claim it, only to the one entity that has the id as its name.
   */
  isHeldBy(id: string, entityRef: string, nowMs: number): boolean {
    const claims = this.#claims.of(id, nowMs);
    const own = claims.get(entityRef);
    if (!own) return false;
    const owners = new Set([...claims.values()].map(({ owner }) => owner));
    if (owners.size === 1) return true;
    const named = [...claims.values()].filter(({ name }) => name === id);
    return own.name === id && named.length === 1;
  }
}

/** The owner as a full reference, with the defaults of the catalog. */
function ownerOf(entity: Entity): string {
  const { owner } = entity.spec ?? {};
  // Entities without an owner do not belong together.
  if (typeof owner !== 'string' || !owner) return stringifyEntityRef(entity);
  try {
    const ref = parseEntityRef(owner, {
      defaultKind: 'group',
      defaultNamespace: entity.metadata.namespace,
    });
    return stringifyEntityRef(ref);
  } catch {
    return stringifyEntityRef(entity);
  }
}
