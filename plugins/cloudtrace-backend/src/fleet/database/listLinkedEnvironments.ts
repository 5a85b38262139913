import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** Lists the environments of an entity that have linked resources, by name. */
export async function listLinkedEnvironments(
  knex: Knex,
  entityRef: string,
): Promise<Array<{ name: string }>> {
  const rows = await queryRows<{ name: string }>(
    knex,
    'SELECT DISTINCT environment AS name FROM fleet_links WHERE entity_ref = ? ORDER BY 1',
    [entityRef],
  );
  return rows;
}
