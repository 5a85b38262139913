import type { ResolvedName } from '../database/resolveNames';
import type { IngestOrigin } from '../types';
import type { InstanceName, RouteName } from './EntityDictionary';

/** Names of an environment of an entity. */
export interface NameRequest {
  origin: IngestOrigin;
  routes: readonly RouteName[];
  instances: readonly InstanceName[];
}

/** Ids of names, in their order. */
export interface ResolvedNames {
  routes: ResolvedName[];
  instances: ResolvedName[];
}

/** Assigns ids to names. */
export interface NameStore {
  /** The server that stores an entity; each call is about the entities of one. */
  serverOf(entityId: number): number;
  /** Results are in the order of the requests; `undefined` if another replica is adding names of the entity. */
  resolve(
    requests: readonly NameRequest[],
  ): Promise<(ResolvedNames | undefined)[]>;
}
