import type { Knex } from 'knex';
import {
  INSTANCES,
  ROUTES,
  type InstanceName,
  type Name,
  type NameTable,
  type RouteName,
} from '../ingest/database/nameTables';
import {
  resolveNames,
  type ResolvedName,
} from '../ingest/database/resolveNames';

interface Options<N extends Name> {
  entityId: number;
  environment: string;
  names: readonly N[];
  maxNewPerDay: number;
}

/** Returns ids of an entity's routes; adds new ones. */
export function resolveRoutes(
  knex: Knex,
  options: Options<RouteName>,
): Promise<ResolvedName[]> {
  return resolve(knex, ROUTES, options);
}

/** Returns ids of an entity's instances; adds new ones. */
export function resolveInstances(
  knex: Knex,
  options: Options<InstanceName>,
): Promise<ResolvedName[]> {
  return resolve(knex, INSTANCES, options);
}

/** Tries again while another replica adds names. */
async function resolve<N extends Name>(
  knex: Knex,
  table: NameTable<N>,
  { maxNewPerDay, ...scope }: Options<N>,
): Promise<ResolvedName[]> {
  for (;;) {
    const [resolved] = await knex.transaction(tx =>
      resolveNames(tx, table, [scope], maxNewPerDay),
    );
    if (resolved) return resolved;
  }
}
