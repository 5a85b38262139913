import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** An environment of an entity that a resource belongs to. */
export interface LinkedScopeRow {
  entityRef: string;
  environment: string;
  resourceId: number;
}

/** Lists the environments of entities that any of the resources is linked to. */
export async function listLinkedScopes(
  knex: Knex,
  resourceIds: readonly number[],
): Promise<LinkedScopeRow[]> {
  const rows = await queryRows<LinkedScopeRow>(
    knex,
    `SELECT entity_ref AS "entityRef", environment, resource_id AS "resourceId"
       FROM fleet_links WHERE resource_id = ANY(?::int4[])
      ORDER BY 1, 2, 3`,
    [[...resourceIds]],
  );
  return rows;
}
