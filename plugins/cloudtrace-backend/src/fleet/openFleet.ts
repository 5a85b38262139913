import type { FleetPart } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import type { EnvironmentResolver } from '../environments/EnvironmentResolver';
import type { CallOptions, RangeQuery } from '../http/types';
import { newestReadAt } from './FleetFreshness';
import { loadFleet, type LoadedFleet } from './loadFleet';

/** Dependencies of {@link openFleet}. */
export interface OpenFleetDeps {
  knex: Knex;
  environments: EnvironmentResolver;
  /** Number of installed fleet providers. */
  providers: number;
}

/** The fleet of an environment, and the fields that every response about it has. */
export interface OpenedFleet {
  frame: {
    from: string;
    to: string;
    environment: string;
    asOf: string | undefined;
    availability: LoadedFleet['availability'];
  };
  fleet: LoadedFleet;
}

/** Resolves the environment and loads its linked resources. */
export async function openFleet(
  { knex, environments, providers }: OpenFleetDeps,
  query: RangeQuery &
    CallOptions & {
      /** Parts that the view shows: the response is as old as they are. */
      parts: readonly FleetPart[];
    },
): Promise<OpenedFleet> {
  const { entityRef } = query;
  const environment = await environments.resolve(
    entityRef,
    query.environment,
    query.credentials,
  );
  const fleet = await loadFleet(knex, { entityRef, environment }, providers);
  const frame = {
    from: query.from.toISOString(),
    to: query.to.toISOString(),
    environment,
    asOf: newestReadAt(fleet.resources, query.parts)?.toISOString(),
    availability: fleet.availability,
  };
  return { frame, fleet };
}
