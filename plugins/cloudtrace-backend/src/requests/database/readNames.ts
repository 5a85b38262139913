import type { LoadKind } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { OTHER_NAME, UNKNOWN } from '../placeholderNames';
import type { RequestKind } from '../types';

/** An instance of an environment, for one kind of work. */
export interface InstanceRow {
  id: number;
  instanceKey: string;
  zone: string;
  /** Empty if it was not recorded: an older version wrote the row. */
  kind: RequestKind | '';
}

/** A route of an environment. */
export interface RouteRow {
  id: number;
  method: string;
  route: string;
}

/** Reads the instances with the given ids. */
export function readInstances(
  knex: Knex,
  entityId: number,
  ids: readonly number[],
): Promise<InstanceRow[]> {
  return queryRows<InstanceRow>(
    knex,
    `SELECT instance_id AS id, instance_key AS "instanceKey", zone, kind
       FROM instances WHERE entity_id = ? AND instance_id = ANY(?::int4[])`,
    [entityId, [...ids]],
  );
}

/**
 * Infers the kinds that were not recorded. If only one kind of work is known in
 * the environment, all of it is of this kind. Otherwise an instance is assumed
 * to have done what it does now; if that is both or nothing, the kind is
 * unknown.
 *
 * @returns The kind of each instance, by its id
 */
export async function inferKinds(
  knex: Knex,
  scope: { entityId: number; environment: string },
  instances: readonly InstanceRow[],
): Promise<Map<number, LoadKind>> {
  const known = instances.every(({ kind }) => kind !== '')
    ? new Map<string, RequestKind[]>()
    : await readKnownKinds(knex, scope);
  const all = [...new Set([...known.values()].flat())];
  const sole = all.length === 1 ? all[0] : undefined;
  return new Map(
    instances.map(({ id, instanceKey, kind }) => [
      id,
      kind ||
        (sole ?? soleKind(instanceKey, known.get(instanceKey)) ?? 'unknown'),
    ]),
  );
}

/** The kind of an instance that does one; a placeholder stands for many instances. */
function soleKind(
  instanceKey: string,
  kinds: readonly RequestKind[] = [],
): RequestKind | undefined {
  const isPlaceholder = instanceKey === OTHER_NAME || instanceKey === UNKNOWN;
  return kinds.length === 1 && !isPlaceholder ? kinds[0] : undefined;
}

/** Reads which kinds of work each instance of an environment did, as far as recorded. */
async function readKnownKinds(
  knex: Knex,
  { entityId, environment }: { entityId: number; environment: string },
): Promise<Map<string, RequestKind[]>> {
  const rows = await queryRows<{ instanceKey: string; kinds: RequestKind[] }>(
    knex,
    `SELECT instance_key AS "instanceKey", array_agg(DISTINCT kind) AS kinds
       FROM instances
      WHERE entity_id = ? AND environment = ? AND kind <> ''
      GROUP BY 1`,
    [entityId, environment],
  );
  return new Map(rows.map(({ instanceKey, kinds }) => [instanceKey, kinds]));
}

/** Reads the routes with the given ids. */
export async function readRoutes(
  knex: Knex,
  entityId: number,
  ids: readonly number[],
): Promise<RouteRow[]> {
  const rows = await queryRows<RouteRow>(
    knex,
    `SELECT route_id AS id, method, route
       FROM routes WHERE entity_id = ? AND route_id = ANY(?::int4[])`,
    [entityId, [...ids]],
  );
  return rows;
}
