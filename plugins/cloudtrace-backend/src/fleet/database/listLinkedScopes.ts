import type { Knex } from 'knex';

/** Lists the environments of entities that any of the resources is linked to. */
export async function listLinkedScopes(
  knex: Knex,
  resourceIds: readonly number[],
): Promise<
  Array<{ entityRef: string; environment: string; resourceId: number }>
> {
  const { rows } = await knex.raw(
    `SELECT entity_ref AS "entityRef", environment, resource_id AS "resourceId"
       FROM fleet_links WHERE resource_id = ANY(?::int4[])
      ORDER BY 1, 2, 3`,
    [[...resourceIds]],
  );
  return rows;
}
