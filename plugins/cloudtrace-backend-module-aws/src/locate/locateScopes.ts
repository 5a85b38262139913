import {
  groupBy,
  type FleetLocation,
  type FleetProblem,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FleetScopeWithEntity } from '@cloudtrace/plugin-cloudtrace-node';
import type { AwsRegion } from '../client/AwsRegion';
import type { RegionMemory } from '../region/RegionMemory';
import type { AwsConfig } from '../config/types';
import { locateScope, primaryEnvironment } from './locateScope';
import { refreshInventory } from './refreshInventory';
import { ResourceDirectory } from './ResourceDirectory';
import type { AwsInventory } from '../region/AwsInventory';

/** One region of an account with its memory. */
export interface LocatedRegion {
  region: AwsRegion;
  memory: RegionMemory;
}

/**
 * Finds the resources of scopes in all regions. This is the only place that
 * decides which resources an entity may show.
 */
export async function locateScopes(options: {
  regions: readonly LocatedRegion[];
  config: AwsConfig;
  scopes: FleetScopeWithEntity[];
  signal: AbortSignal;
  now: Date;
}): Promise<{
  locations: FleetLocation[];
  /** Problems of scopes; those of regions are in the inventories. */
  problems: FleetProblem[];
  /** In the order of the regions. */
  inventories: AwsInventory[];
}> {
  const { config, scopes, signal, now } = options;
  const inventories = await Promise.all(
    options.regions.map(({ region, memory }) =>
      refreshInventory({
        api: region.withSignal(signal),
        memory,
        config,
        now,
        scopes,
      }),
    ),
  );
  const directory = new ResourceDirectory(config, inventories);
  const byEntity = groupBy(scopes, scope => scope.entityRef);
  const results = scopes.map(scope => {
    const environments = byEntity
      .get(scope.entityRef)!
      .map(({ environment }) => environment);
    const isPrimary =
      primaryEnvironment(scope.entity, environments) === scope.environment;
    return locateScope(scope, directory, isPrimary);
  });
  return {
    locations: results.flatMap(result => result.locations),
    problems: results.flatMap(result => result.problems),
    inventories,
  };
}
