import type { Knex } from 'knex';

/** Lists the environments of all entities that have linked resources. */
export async function listAllLinks(
  knex: Knex,
): Promise<Array<{ entityRef: string; environment: string }>> {
  const { rows } = await knex.raw(
    `SELECT DISTINCT entity_ref AS "entityRef", environment FROM fleet_links ORDER BY 1, 2`,
  );
  return rows;
}
