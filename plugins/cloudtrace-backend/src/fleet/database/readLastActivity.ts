import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** Reads the newest scaling activity in an environment of an entity. */
export async function readLastActivity(
  knex: Knex,
  scope: { entityRef: string; environment: string },
): Promise<ScalingActivity | undefined> {
  const rows = await queryRows<{ body: ScalingActivity }>(
    knex,
    `SELECT a.body FROM fleet_links l
      CROSS JOIN LATERAL (
        SELECT * FROM fleet_activities a
         WHERE a.resource_id = l.resource_id
         ORDER BY a.started_at DESC LIMIT 1
      ) a
      WHERE l.entity_ref = ? AND l.environment = ?
      ORDER BY a.started_at DESC LIMIT 1`,
    [scope.entityRef, scope.environment],
  );
  return rows[0]?.body;
}
