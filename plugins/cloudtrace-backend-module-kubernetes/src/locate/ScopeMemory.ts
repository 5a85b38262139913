import type { FleetScopeWithEntity } from '@cloudtrace/plugin-cloudtrace-node';
import {
  annotatedEnvironments,
  DEFAULT_ENVIRONMENT,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { StoreChange } from '../store/ObjectStore';
import { allLabelsOf } from '../store/workloadLabels';
import { ClaimRegistry } from './ClaimRegistry';
import {
  readAnnotations,
  type InvalidAnnotation,
  type WorkloadQuery,
} from './readAnnotations';
import { RecentGroups } from './RecentGroups';

/** Above this number of changes, all scopes may be affected. */
const MANY_CHANGES = 50;

/** An environment that was asked for, and what its annotations say. */
interface AskedScope {
  scope: FleetScopeWithEntity;
  query: WorkloadQuery | InvalidAnnotation | undefined;
}

/** A scope whose entity has annotations of the Kubernetes plugin. */
export interface KnownScope extends AskedScope {
  query: WorkloadQuery | InvalidAnnotation;
  /** Whether workloads that name no environment belong to the scope. */
  isPrimary: boolean;
}

/** The scopes of recent locate calls, to know which ones a new workload concerns. */
export class ScopeMemory {
  readonly claims = new ClaimRegistry();
  /** By entity and environment. */
  readonly #asked = new RecentGroups<AskedScope>();

  /** Remembers scopes; returns those with annotations. */
  remember(
    scopes: readonly FleetScopeWithEntity[],
    nowMs: number,
  ): KnownScope[] {
    const asked = scopes.map(scope => this.#note(scope, nowMs));
    return asked.flatMap(({ scope, query }) =>
      query ? [{ scope, query, isPrimary: this.#isPrimary(scope, nowMs) }] : [],
    );
  }

  /** The scopes that ask for workloads among the changes. */
  affectedBy(
    changes: readonly StoreChange[],
    nowMs: number,
  ): FleetScopeWithEntity[] {
    const moved = changes.filter(isMove);
    if (moved.length === 0) return [];
    const labels = moved
      .flatMap(({ before, after }) => [before, after])
      .flatMap(workload => (workload ? [allLabelsOf(workload)] : []));
    return this.#asked
      .all(nowMs)
      .filter(
        ({ query }) =>
          query &&
          !('expected' in query) &&
          (moved.length > MANY_CHANGES ||
            labels.some(own => query.matches(own))),
      )
      .map(({ scope }) => scope);
  }

  #note(scope: FleetScopeWithEntity, nowMs: number): AskedScope {
    const { entity, entityRef, environment } = scope;
    const query = readAnnotations(entity, environment);
    if (query && !('expected' in query)) {
      this.claims.note(query, scope, nowMs);
    }
    const asked = { scope, query };
    this.#asked.note(entityRef, environment, asked, nowMs);
    return asked;
  }

  /** A refresh asks for some environments of an entity only. */
  #isPrimary(
    { entity, entityRef, environment }: FleetScopeWithEntity,
    nowMs: number,
  ): boolean {
    const environments = [
      ...annotatedEnvironments(entity.metadata.annotations),
      ...this.#asked.of(entityRef, nowMs).keys(),
    ];
    const primary = environments.includes(DEFAULT_ENVIRONMENT)
      ? DEFAULT_ENVIRONMENT
      : environments[0];
    return environment === primary;
  }
}

/** Whether a workload appeared, disappeared, or changed its labels. */
function isMove({ before, after }: StoreChange): boolean {
  if (!before || !after) return true;
  return (
    JSON.stringify(allLabelsOf(before)) !== JSON.stringify(allLabelsOf(after))
  );
}
