import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { failoverSeverity } from '../../failover/database/failoverSeverity';
import { fleetSeverity } from '../../fleet/database/fleetSeverity';
import { requestSeverity } from '../../rollups/database/requestSeverity';
import { findingSeverity } from '../../scans/database/findingSeverity';
import { scatter } from '../../database/distribution/scatter';

/**
 * 3 if the entity is probably critical, 2 for a warning, 1 if it has data.
 * Entities without data have no row.
 */
export interface UrgencyRow {
  entityRef: string;
  urgency: number;
}

/**
 * Estimates from the tables alone how urgent entities are. Each area selects
 * the severity that it knows; one query returns the worst per entity.
 *
 * The thresholds are those of `judgeService`, which is exact but more
 * expensive. The estimate only selects the services to judge if there are too
 * many.
 */
export async function readUrgency(
  knex: Knex,
  since: Date,
): Promise<UrgencyRow[]> {
  const parts = [
    failoverSeverity(),
    fleetSeverity(),
    requestSeverity(since),
    findingSeverity(),
  ];
  const rows = await queryRows<UrgencyRow>(
    knex,
    `${scatter('only if there are more services than can be ranked')}
     SELECT entity_ref AS "entityRef",
            max(CASE severity WHEN 'critical' THEN 3 WHEN 'warning' THEN 2 ELSE 1 END) AS urgency
       FROM (${parts.map(({ sql }) => sql).join(' UNION ALL ')}) known
      GROUP BY entity_ref`,
    parts.flatMap(({ bindings }) => bindings),
  );
  return rows;
}
