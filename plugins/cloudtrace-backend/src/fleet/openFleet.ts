import type { FleetPart } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import type { EnvironmentResolver } from '../environments/EnvironmentResolver';
import type { CallOptions, RangeQuery } from '../http/types';
import { newestReadAt } from './FleetFreshness';
import { loadFleet, type LoadedFleet } from './loadFleet';

/** What a fleet is opened with. */
export interface OpenFleetDeps {
  knex: Knex;
  environments: EnvironmentResolver;
  /** Number of installed fleet providers. */
  providers: number;
}

/** The fleet of an environment, and what every answer about it says. */
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

/** Resolves the environment and loads what is linked to it. */
export async function openFleet(
  { knex, environments, providers }: OpenFleetDeps,
  query: RangeQuery &
    CallOptions & {
      /** Parts that the view is made of: the answer is as old as those. */
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
