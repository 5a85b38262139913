import {
  ERROR_RATE_LIMITS,
  MIN_REQUESTS_FOR_ERROR_RATE,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { SqlFragment } from '../../database/SqlFragment';

/**
 * Selects the severity of the error rate of each environment of all entities
 * with requests since a time that is minutes, not days, ago.
 */
export function requestSeverity(since: Date): SqlFragment {
  return {
    sql: `SELECT e.entity_ref,
                 CASE WHEN r.requests < ? THEN 'ok'
                      WHEN r.errors >= ? * r.requests THEN 'critical'
                      WHEN r.errors >= ? * r.requests THEN 'warning'
                      ELSE 'ok' END AS severity
            FROM (
              SELECT c.entity_id, sum(c.requests)::float8 AS requests, sum(c.errors)::float8 AS errors
                FROM (
                  SELECT entity_id, key_id, requests, errors FROM rollups_minute
                   WHERE dimension = 1 AND bucket >= ?
                   UNION ALL
                  SELECT entity_id, key_id, requests, errors FROM rollup_deltas
                   WHERE dimension = 1 AND bucket >= ?
                ) c
                JOIN instances i ON i.entity_id = c.entity_id AND i.instance_id = c.key_id
               GROUP BY c.entity_id, i.environment
            ) r JOIN entities e USING (entity_id)`,
    bindings: [
      MIN_REQUESTS_FOR_ERROR_RATE,
      ERROR_RATE_LIMITS.critical,
      ERROR_RATE_LIMITS.warning,
      since,
      since,
    ],
  };
}
