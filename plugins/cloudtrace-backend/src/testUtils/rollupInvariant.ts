import type { Knex } from 'knex';
import { queryRows } from '../database/queryRows';

/** Deltas have one column more than the rollups that they are merged into. */
const COLUMNS_OF = `
  SELECT entity_id, dimension, key_id, bucket, requests, errors, duration_sum_us, duration_max_us FROM`;

interface Group {
  entity_id: number;
  dimension: number;
  key_id: number;
  minute: string;
  requests: number;
  errors: number;
  duration_sum_us: number;
  duration_max_us: number;
}

/**
 * Returns the requests per entity, minute and key, counted from rollups and from rows:
 * the two must always be equal. For `expect(a).toEqual(b)`.
 */
export async function compareRollupsWithRows(
  knex: Knex,
): Promise<{ rollups: Group[]; rows: Group[] }> {
  const rows = await queryRows<Group>(
    knex,
    `
    SELECT r.entity_id, k.dimension, k.key_id, date_trunc('minute', r.started_at)::text AS minute,
           count(*)::int AS requests, sum(r.flags & 1)::int AS errors,
           sum(r.duration_us)::float8 AS duration_sum_us,
           max(r.duration_us)::float8 AS duration_max_us
      FROM requests r,
           LATERAL (VALUES (1, r.instance_id), (2, r.route_id)) AS k (dimension, key_id)
     GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
  );
  const rollups = await queryRows<Group>(
    knex,
    `
    SELECT entity_id, dimension::int, key_id, bucket::text AS minute,
           sum(requests)::int AS requests, sum(errors)::int AS errors,
           sum(duration_sum_us)::float8 AS duration_sum_us,
           max(duration_max_us)::float8 AS duration_max_us
      FROM (${COLUMNS_OF} rollups_minute UNION ALL ${COLUMNS_OF} rollup_deltas) m
     GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
  );
  return { rollups, rows };
}
