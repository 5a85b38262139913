import type { FleetScopeWithEntity } from '@cloudtrace/plugin-cloudtrace-node';
import {
  annotatedEnvironments,
  DEFAULT_ENVIRONMENT,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { StoreChange } from '../store/ObjectStore';
import { allLabelsOf } from '../store/workloadLabels';
import { ClaimRegistry } from './ClaimRegistry';
import { readAnnotations, type WorkloadQuery } from './readAnnotations';

/** Above this number of changes, all scopes may be affected. */
const MANY_CHANGES = 50;

/** A scope whose entity has annotations of the Kubernetes plugin. */
export interface KnownScope {
  scope: FleetScopeWithEntity;
  /** Undefined if the annotations are invalid. */
  query?: WorkloadQuery;
  /** Whether workloads that name no environment belong to the scope. */
  isPrimary: boolean;
}

/** The scopes of the last locate calls, to know which ones a new workload concerns. */
export class ScopeMemory {
  readonly claims = new ClaimRegistry();
  readonly #known = new Map<string, KnownScope>();

  get all(): KnownScope[] {
    return [...this.#known.values()];
  }

  /** Remembers scopes; forgets those without annotations. */
  remember(
    scopes: readonly FleetScopeWithEntity[],
    nowMs: number,
  ): KnownScope[] {
    const environments = new Map<string, string[]>();
    for (const { entityRef, environment } of scopes) {
      const own = environments.get(entityRef);
      if (own) own.push(environment);
      else environments.set(entityRef, [environment]);
    }
    return scopes.flatMap(scope => {
      const asked = environments.get(scope.entityRef)!;
      return this.#rememberOne(scope, asked, nowMs) ?? [];
    });
  }

  /** The scopes that ask for workloads among the changes. */
  affectedBy(changes: readonly StoreChange[]): KnownScope[] {
    const moved = changes.filter(isMove);
    if (moved.length > MANY_CHANGES) return this.all;
    const labels = moved
      .flatMap(({ before, after }) => [before, after])
      .flatMap(workload => (workload ? [allLabelsOf(workload)] : []));
    if (labels.length === 0) return [];
    return this.all.filter(({ query }) =>
      labels.some(own => query?.matches(own)),
    );
  }

  #rememberOne(
    scope: FleetScopeWithEntity,
    asked: readonly string[],
    nowMs: number,
  ): KnownScope | undefined {
    const { entity, entityRef, environment } = scope;
    const key = `${entityRef}\n${environment}`;
    const query = readAnnotations(entity, environment);
    if (!query) {
      this.#known.delete(key);
      return undefined;
    }
    const isValid = !('expected' in query);
    if (isValid) this.claims.note(query.kubernetesId, scope, nowMs);
    const known: KnownScope = {
      scope,
      query: isValid ? query : undefined,
      isPrimary: primaryEnvironment(scope, asked) === environment,
    };
    this.#known.set(key, known);
    return known;
  }
}

/** Whether a workload appeared, disappeared, or changed its labels. */
function isMove({ before, after }: StoreChange): boolean {
  if (!before || !after) return true;
  return (
    JSON.stringify(allLabelsOf(before)) !== JSON.stringify(allLabelsOf(after))
  );
}

function primaryEnvironment(
  { entity }: FleetScopeWithEntity,
  asked: readonly string[],
): string {
  const environments = [
    ...annotatedEnvironments(entity.metadata.annotations),
    ...asked,
  ];
  return environments.includes(DEFAULT_ENVIRONMENT)
    ? DEFAULT_ENVIRONMENT
    : environments[0];
}
