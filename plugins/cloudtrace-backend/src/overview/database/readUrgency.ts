import {
  ERROR_RATE_LIMITS,
  MIN_REQUESTS_FOR_ERROR_RATE,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/**
 * 3 if the entity is probably critical, 2 for a warning, 1 if it has data.
 * Entities without data have no row.
 */
export interface UrgencyRow {
  entityRef: string;
  urgency: number;
}

/**
 * Estimates from the tables alone how urgent entities are.
 *
 * The thresholds are those of `judgeService`, which is exact but more
 * expensive. The estimate only selects the services to judge if there are too
 * many.
 */
export async function readUrgency(
  knex: Knex,
  since: Date,
): Promise<UrgencyRow[]> {
  const rows = await queryRows<UrgencyRow>(
    knex,
    `WITH counted AS (
       SELECT entity_id, key_id, requests, errors FROM rollups_minute
        WHERE dimension = 1 AND bucket >= :since
        UNION ALL
       SELECT entity_id, key_id, requests, errors FROM rollup_deltas
        WHERE dimension = 1 AND bucket >= :since
     ), recent AS (
       SELECT c.entity_id, sum(c.requests)::float8 AS requests, sum(c.errors)::float8 AS errors
         FROM counted c
         JOIN instances i ON i.entity_id = c.entity_id AND i.instance_id = c.key_id
        GROUP BY c.entity_id, i.environment
     ), signals AS (
       SELECT entity_ref, 3 AS urgency FROM failovers WHERE recovered_at IS NULL
        UNION ALL
       SELECT l.entity_ref, CASE WHEN bool_or(s.state = 'healthy') THEN 2 ELSE 3 END
         FROM fleet_target_states s JOIN fleet_links l USING (resource_id)
        WHERE s.until IS NULL AND s.state <> 'gone'
        GROUP BY l.entity_ref, l.environment, s.resource_id
       HAVING bool_or(s.state = 'unhealthy')
        UNION ALL
       SELECT e.entity_ref,
              CASE WHEN r.requests < :minRequests THEN 1
                   WHEN r.errors >= :critical * r.requests THEN 3
                   WHEN r.errors >= :warning * r.requests THEN 2
                   ELSE 1 END
         FROM recent r JOIN entities e USING (entity_id)
        UNION ALL
       SELECT e.entity_ref, 2
         FROM finding_counts c JOIN entities e USING (entity_id)
        WHERE c.critical > 0
        UNION ALL
       SELECT entity_ref, 1 FROM fleet_links
     )
     SELECT entity_ref AS "entityRef", max(urgency)::int AS urgency
       FROM signals GROUP BY entity_ref`,
    {
      since,
      minRequests: MIN_REQUESTS_FOR_ERROR_RATE,
      critical: ERROR_RATE_LIMITS.critical,
      warning: ERROR_RATE_LIMITS.warning,
    },
  );
  return rows;
}
