import type { SqlFragment } from '../../database/SqlFragment';

/** Selects the severity of entities with an ongoing failover. */
export function failoverSeverity(): SqlFragment {
  return {
    sql: `SELECT entity_ref, 'critical' AS severity
            FROM failovers WHERE recovered_at IS NULL`,
    bindings: [],
  };
}
