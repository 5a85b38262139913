import type { SqlFragment } from '../../database/SqlFragment';

/**
 * Selects the severity of entities with a fleet: critical if no target of a
 * resource is healthy, a warning if some are unhealthy, otherwise ok.
 */
export function fleetSeverity(): SqlFragment {
  return {
    sql: `SELECT l.entity_ref,
                 CASE WHEN bool_or(s.state = 'healthy') THEN 'warning' ELSE 'critical' END AS severity
            FROM fleet_target_states s JOIN fleet_links l USING (resource_id)
           WHERE s.until IS NULL AND s.state <> 'gone'
           GROUP BY l.entity_ref, l.environment, s.resource_id
          HAVING bool_or(s.state = 'unhealthy')
           UNION ALL
          SELECT entity_ref, 'ok' FROM fleet_links`,
    bindings: [],
  };
}
