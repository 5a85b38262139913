import type { Knex } from 'knex';

/** Lists the environments of an entity that have linked resources, by name. */
export async function listLinkedEnvironments(
  knex: Knex,
  entityRef: string,
): Promise<Array<{ name: string }>> {
  const { rows } = await knex.raw(
    'SELECT DISTINCT environment AS name FROM fleet_links WHERE entity_ref = ? ORDER BY 1',
    [entityRef],
  );
  return rows;
}
