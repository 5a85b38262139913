import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbLinkedResourceRow } from './rows';

/** Lists the resources linked to an environment of an entity, by type and name. */
export async function listLinkedResources(
  knex: Knex,
  scope: { entityRef: string; environment: string },
): Promise<DbLinkedResourceRow[]> {
  const rows = await queryRows<DbLinkedResourceRow>(
    knex,
    `SELECT r.*, l.locator, l.detail, l.coded
       FROM fleet_links l JOIN fleet_resources r USING (resource_id)
      WHERE l.entity_ref = ? AND l.environment = ?
      ORDER BY r.type, r.name, r.resource_id`,
    [scope.entityRef, scope.environment],
  );
  return rows;
}
