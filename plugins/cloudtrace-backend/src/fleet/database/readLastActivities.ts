import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** Reads the newest scaling activity of each group that began before a moment. */
export async function readLastActivities(
  knex: Knex,
  query: { resourceIds: readonly number[]; before: Date },
): Promise<Map<number, ScalingActivity>> {
  const rows = await queryRows<{ resource_id: number; body: ScalingActivity }>(
    knex,
    `SELECT a.resource_id, a.body FROM unnest(?::int4[]) AS r (resource_id)
      CROSS JOIN LATERAL (
        SELECT f.resource_id, f.body FROM fleet_activities f
         WHERE f.resource_id = r.resource_id AND f.started_at < ?
         ORDER BY f.started_at DESC, f.activity_key DESC LIMIT 1
      ) a`,
    [[...query.resourceIds], query.before],
  );
  return new Map(rows.map(row => [row.resource_id, row.body]));
}
