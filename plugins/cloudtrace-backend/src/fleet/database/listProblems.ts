import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbFleetProblemRow } from './rows';

/**
 * Lists the problems of an environment of an entity: those of its linked
 * resources, its own, and those of a whole provider.
 */
export async function listProblems(
  knex: Knex,
  scope: { entityRef: string; environment: string },
): Promise<DbFleetProblemRow[]> {
  const rows = await queryRows<DbFleetProblemRow>(
    knex,
    `SELECT * FROM fleet_problems
      WHERE (entity_ref = ? AND environment = ?)
         OR (entity_ref IS NULL AND resource_id IS NULL)
         OR resource_id IN (
              SELECT resource_id FROM fleet_links WHERE entity_ref = ? AND environment = ?
            )
      ORDER BY problem_id LIMIT 200`,
    [scope.entityRef, scope.environment, scope.entityRef, scope.environment],
  );
  // A problem of a shared resource can name another entity; it is not for this
  // one.
  return rows.filter(
    row =>
      row.entity_ref === null ||
      (row.entity_ref === scope.entityRef &&
        row.environment === scope.environment),
  );
}
