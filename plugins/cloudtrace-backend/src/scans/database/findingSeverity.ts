import type { SqlFragment } from '../../database/SqlFragment';

/** Selects the severity of entities with an open critical finding. */
export function findingSeverity(): SqlFragment {
  return {
    sql: `SELECT e.entity_ref, 'warning' AS severity
            FROM finding_counts c JOIN entities e USING (entity_id)
           WHERE c.critical > 0`,
    bindings: [],
  };
}
