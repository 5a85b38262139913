import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbFleetProblemRow } from './rows';

/**
 * Lists the problems of an environment of an entity: those of its linked
 * resources, its own, and those of a whole provider. Those of an account or
 * cluster concern only an entity that has resources there, or has none of this
 * provider: then they may be there.
 */
export async function listProblems(
  knex: Knex,
  scope: { entityRef: string; environment: string },
): Promise<DbFleetProblemRow[]> {
  const rows = await queryRows<DbFleetProblemRow>(
    knex,
    `WITH own AS (
       SELECT r.resource_id, r.provider, r.account
         FROM fleet_links l JOIN fleet_resources r USING (resource_id)
        WHERE l.entity_ref = ? AND l.environment = ?
     )
     SELECT p.* FROM fleet_problems p
      WHERE (p.entity_ref = ? AND p.environment = ?)
         OR p.resource_id IN (SELECT resource_id FROM own)
         OR (p.entity_ref IS NULL AND p.resource_id IS NULL
             AND (p.account IS NULL
                  OR NOT EXISTS (SELECT FROM own WHERE own.provider = p.provider)
                  OR EXISTS (SELECT FROM own
                              WHERE own.provider = p.provider AND own.account = p.account)))
      ORDER BY p.problem_id LIMIT 200`,
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
