import type { ResolvedName } from '../database/resolveNames';
import type { IngestOrigin } from '../types';
import type { InstanceName, RouteName } from './EntityDictionary';

/** Assigns ids to names; results are in the order of the names. */
export interface NameStore {
  resolveRoutes(
    origin: IngestOrigin,
    names: readonly RouteName[],
  ): Promise<ResolvedName[]>;
  resolveInstances(
    origin: IngestOrigin,
    names: readonly InstanceName[],
  ): Promise<ResolvedName[]>;
}
