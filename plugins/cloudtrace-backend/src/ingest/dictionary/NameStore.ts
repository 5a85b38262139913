import type { ResolvedName } from '../database/resolveNames';
import type { IngestOrigin } from '../types';
import type { InstanceName, RouteName } from './EntityDictionary';

/** Where names get their ids; results are in the order of the names. */
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
