import type { Knex } from 'knex';
import type { EntityEnvironmentRow } from '../../database/entities/listKnownEnvironments';
import { queryRows } from '../../database/queryRows';

/** Lists the environments of all entities that have linked resources. */
export async function listAllLinks(
  knex: Knex,
): Promise<EntityEnvironmentRow[]> {
  const rows = await queryRows<EntityEnvironmentRow>(
    knex,
    `SELECT DISTINCT entity_ref AS "entityRef", environment FROM fleet_links ORDER BY 1, 2`,
  );
  return rows;
}
