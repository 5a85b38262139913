import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { arrayBinding } from '../../database/arrayBinding';

/** A zone of a target group that failed and has had no target since. */
export interface LostZoneRow {
  resourceId: number;
  zone: string;
  /** When its last target left. */
  lostAt: Date;
}

/** How long a lost zone is reported. After that, the group counts as permanently without it. */
const MEMORY_MS = 24 * 3_600_000;

/**
 * SQL for zones without targets whose last targets were unhealthy when they
 * left, with the columns `resource_id`, `zone` and `lost_at`. A target that was
 * healthy when it began to leave was removed on purpose.
 */
export function lostZonesSql(query: {
  resourceIds: readonly number[];
  at: Date;
}): { sql: string; bindings: Knex.RawBinding[] } {
  const { at } = query;
  const ids = arrayBinding(query.resourceIds);
  const sql = `
    SELECT g.resource_id, g.zone, max(g.at) AS lost_at
      FROM fleet_target_states g
     CROSS JOIN LATERAL (
       SELECT p.state FROM fleet_target_states p
        WHERE p.resource_id = g.resource_id AND p.target_key = g.target_key
          AND p.at < g.at AND p.state IN ('healthy', 'unhealthy')
        ORDER BY p.at DESC LIMIT 1
     ) before
     WHERE g.resource_id = ANY(?::int4[]) AND g.state = 'gone' AND g.zone IS NOT NULL
       AND g.at > ? AND g.at <= ? AND (g.until IS NULL OR g.until > ?)
       AND before.state = 'unhealthy'
       AND (g.resource_id, g.zone) NOT IN (
         SELECT resource_id, zone FROM fleet_target_states
          WHERE resource_id = ANY(?::int4[]) AND state <> 'gone' AND zone IS NOT NULL
            AND at <= ? AND (until IS NULL OR until > ?)
       )
     GROUP BY 1, 2`;
  const bindings = [
    ids,
    new Date(at.getTime() - MEMORY_MS),
    at,
    at,
    ids,
    at,
    at,
  ];
  return { sql, bindings };
}

/** Reads zones that failed and have had no target since, see {@link lostZonesSql}. */
export async function readLostZones(
  knex: Knex,
  query: { resourceIds: readonly number[]; at: Date },
): Promise<LostZoneRow[]> {
  if (query.resourceIds.length === 0) return [];
  const { sql, bindings } = lostZonesSql(query);
  const rows = await queryRows<LostZoneRow>(
    knex,
    `SELECT resource_id AS "resourceId", zone, lost_at AS "lostAt" FROM (${sql}) lost`,
    bindings,
  );
  return rows;
}
