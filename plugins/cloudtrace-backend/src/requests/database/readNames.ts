import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { OTHER_NAME, UNKNOWN } from '../placeholderNames';
import type { RequestKind } from '../types';

/** An instance of an environment, for one kind of work. */
export interface InstanceRow {
  id: number;
  instanceKey: string;
  zone: string;
  /** Absent if it was not recorded and does not follow from what is known. */
  kind?: RequestKind;
}

/** A route of an environment. */
export interface RouteRow {
  id: number;
  method: string;
  route: string;
}

interface DbInstanceRow {
  id: number;
  instanceKey: string;
  zone: string;
  /** Empty if it was not recorded. */
  kind: RequestKind | '';
}

/**
 * Reads the instances with the given ids.
 *
 * @remarks Rows that an older version wrote have no kind. In an environment
 * without messages, all of them are requests. Elsewhere an instance is assumed
 * to have done what it does now; if that is both or nothing, the kind is
 * unknown.
 */
export async function readInstances(
  knex: Knex,
  query: { entityId: number; environment: string; ids: readonly number[] },
): Promise<InstanceRow[]> {
  const { entityId, environment, ids } = query;
  const rows = await queryRows<DbInstanceRow>(
    knex,
    `SELECT instance_id AS id, instance_key AS "instanceKey", zone, kind
       FROM instances WHERE entity_id = ? AND instance_id = ANY(?::int4[])`,
    [entityId, [...ids]],
  );
  const unknown = rows.filter(row => row.kind === '');
  const kinds =
    unknown.length > 0
      ? await readKnownKinds(knex, entityId, environment)
      : new Map<string, RequestKind[]>();
  const onlyServes = [...kinds.values()].every(
    known => !known.includes('consumer'),
  );
  return rows.map(({ kind, ...row }) => ({
    ...row,
    kind:
      kind ||
      (onlyServes
        ? 'server'
        : soleKind(row.instanceKey, kinds.get(row.instanceKey))),
  }));
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
  entityId: number,
  environment: string,
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
