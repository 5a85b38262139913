import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** An instance of an environment. */
export interface InstanceRow {
  id: number;
  instanceKey: string;
  zone: string;
}

/** A route of an environment. */
export interface RouteRow {
  id: number;
  method: string;
  route: string;
}

/** Reads the instances with the given ids. */
export async function readInstances(
  knex: Knex,
  entityId: number,
  ids: readonly number[],
): Promise<InstanceRow[]> {
  const rows = await queryRows<InstanceRow>(
    knex,
    `SELECT instance_id AS id, instance_key AS "instanceKey", zone
       FROM instances WHERE entity_id = ? AND instance_id = ANY(?::int4[])`,
    [entityId, [...ids]],
  );
  return rows;
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
