import { getCompoundEntityRef, type Entity } from '@backstage/catalog-model';
import type { FleetScopeWithEntity } from '@cloudtrace/plugin-cloudtrace-node';

/** A claim that was not repeated for this long belongs to a deleted entity. */
const KEEP_MS = 30 * 60_000;

interface Claim {
  name: string;
  owner: string;
  atMs: number;
}

/**
 * Which entities claim which value of `backstage.io/kubernetes-id`. The label
 * names no team, so that one of two teams with the same value would see the
 * other team's workloads.
 */
export class ClaimRegistry {
  readonly #claims = new Map<string, Map<string, Claim>>();

  /** Notes that an entity claims an id. */
  note(
    id: string,
    { entityRef, entity }: FleetScopeWithEntity,
    atMs: number,
  ): void {
    const claims = this.#claims.get(id) ?? new Map<string, Claim>();
    this.#claims.set(id, claims);
    claims.set(entityRef, {
      name: entity.metadata.name,
      owner: ownerOf(entity),
      atMs,
    });
  }

  /**
   * Whether workloads with this id belong to the entity: if entities of several
   * owners claim it, only to the one entity that has the id as its name.
   */
  isHeldBy(id: string, entityRef: string, nowMs: number): boolean {
    const claims = this.#current(id, nowMs);
    const own = claims.get(entityRef);
    if (!own) return false;
    const owners = new Set([...claims.values()].map(({ owner }) => owner));
    if (owners.size === 1) return true;
    const named = [...claims.values()].filter(({ name }) => name === id);
    return own.name === id && named.length === 1;
  }

  #current(id: string, nowMs: number): Map<string, Claim> {
    const claims = this.#claims.get(id) ?? new Map<string, Claim>();
    for (const [entityRef, { atMs }] of claims) {
      if (nowMs - atMs > KEEP_MS) claims.delete(entityRef);
    }
    return claims;
  }
}

function ownerOf(entity: Entity): string {
  const { owner } = entity.spec ?? {};
  // Entities without an owner do not belong together.
  if (typeof owner === 'string' && owner) return owner.toLowerCase();
  const { kind, namespace, name } = getCompoundEntityRef(entity);
  return `${kind}:${namespace}/${name}`.toLowerCase();
}
