import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { FleetScopeWithEntity } from '@cloudtrace/plugin-cloudtrace-node';
import type { WorkloadQuery } from './readAnnotations';
import { RecentGroups } from './RecentGroups';

interface Claim {
  owner: string;
  query: WorkloadQuery;
}

/** What decides which entities claim a workload by its id. */
interface ClaimedWorkload {
  kubernetesId: string;
  cluster: string;
  namespace: string;
  labels: Readonly<Record<string, string>>;
}

/**
 * Which entities claim which value of `backstage.io/kubernetes-id`. The label
 * names no team, so that one of two teams with the same value would see the
 * other team's workloads. Names prove nothing: whoever registers an entity
 * chooses its name.
 */
export class ClaimRegistry {
  readonly #claims = new RecentGroups<Claim>();

  /** Notes which workloads an environment of an entity claims. */
  note(
    query: WorkloadQuery,
    { entityRef, environment, entity }: FleetScopeWithEntity,
    nowMs: number,
  ): void {
    const claim = { owner: ownerOf(entity), query };
    const key = `${entityRef} ${environment}`;
    this.#claims.note(query.kubernetesId, key, claim, nowMs);
  }

  /** Whether entities of several owners claim a workload. */
  isDisputed(workload: ClaimedWorkload, nowMs: number): boolean {
    const { kubernetesId, cluster, namespace, labels } = workload;
    const claims = [...this.#claims.of(kubernetesId, nowMs).values()].filter(
      ({ query }) =>
        (query.cluster ?? cluster) === cluster &&
        (query.namespace ?? namespace) === namespace &&
        query.matches(labels),
    );
    return new Set(claims.map(({ owner }) => owner)).size > 1;
  }

  /**
   * Whether an entity of another owner claims workloads with the same id in the
   * same places. Does not depend on which workloads exist, so it reveals none.
   */
  isContested(query: WorkloadQuery, entity: Entity, nowMs: number): boolean {
    const owner = ownerOf(entity);
    return [...this.#claims.of(query.kubernetesId, nowMs).values()].some(
      claim =>
        claim.owner !== owner &&
        overlaps(claim.query.cluster, query.cluster) &&
        overlaps(claim.query.namespace, query.namespace),
    );
  }
}

/** Without a value, all match. */
function overlaps(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
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
