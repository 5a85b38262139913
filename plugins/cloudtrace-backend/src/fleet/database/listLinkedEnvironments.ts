import type { Knex } from 'knex';

/** Environments of an entity that resources belong to, by name. */
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
