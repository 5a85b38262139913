import {
  ERROR_RATE_LIMITS,
  errorRateOf,
  MIN_REQUESTS_FOR_ERROR_RATE,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { failoverSeverity } from '../../failover/database/failoverSeverity';
import { fleetSeverity } from '../../fleet/database/fleetSeverity';
import type { RecentRequests } from '../../rollups/database/countRecentRequests';
import { findingSeverity } from '../../scans/database/findingSeverity';

/** 3 if something is probably critical, 2 for a warning, 1 if there is data. */
type Urgency = 1 | 2 | 3;

/**
 * Estimates from the tables alone how urgent entities are. Each area selects
 * the severity that it knows; the worst counts. Entities without data are
 * missing.
 *
 * The thresholds are those of `judgeService`, which is exact but more
 * expensive. The estimate only selects the services to judge if there are too
 * many.
 */
export async function readUrgency(
  knex: Knex,
  recent: readonly RecentRequests[],
): Promise<Map<string, Urgency>> {
  const parts = [failoverSeverity(), fleetSeverity(), findingSeverity()];
  const rows = await queryRows<{ entityRef: string; urgency: Urgency }>(
    knex,
    `SELECT entity_ref AS "entityRef",
            max(CASE severity WHEN 'critical' THEN 3 WHEN 'warning' THEN 2 ELSE 1 END) AS urgency
       FROM (${parts.map(({ sql }) => sql).join(' UNION ALL ')}) known
      GROUP BY entity_ref`,
    parts.flatMap(({ bindings }) => bindings),
  );
  const worst = new Map(rows.map(row => [row.entityRef, row.urgency]));
  for (const counts of recent) {
    const { entityRef } = counts;
    const before = worst.get(entityRef) ?? 1;
    worst.set(entityRef, Math.max(before, urgencyOf(counts)) as Urgency);
  }
  return worst;
}

function urgencyOf(counts: RecentRequests): Urgency {
  const rate = errorRateOf(counts) ?? 0;
  if (counts.requests < MIN_REQUESTS_FOR_ERROR_RATE) return 1;
  if (rate >= ERROR_RATE_LIMITS.critical) return 3;
  return rate >= ERROR_RATE_LIMITS.warning ? 2 : 1;
}
