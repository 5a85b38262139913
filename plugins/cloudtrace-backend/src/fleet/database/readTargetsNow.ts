import type { Knex } from 'knex';
import type { StoredReading } from '../FleetFreshness';
import { queryRows } from '../../database/queryRows';
import { arrayBinding } from '../../database/arrayBinding';

/** The current targets in one zone of a target group of an environment of an entity. */
export interface TargetsNowRow extends StoredReading {
  entityRef: string;
  environment: string;
  resourceId: number;
  type: string;
  name: string;
  zone: string;
  /** One per target; empty for a target group without targets. */
  states: string[];
  instanceKeys: string[];
}

/**
 * Reads the current states of the targets in all linked target groups. A group
 * without targets has one row without states.
 */
export async function readTargetsNow(
  knex: Knex,
  entityRefs: readonly string[],
): Promise<TargetsNowRow[]> {
  const rows = await queryRows<TargetsNowRow>(
    knex,
    `SELECT l.entity_ref AS "entityRef", l.environment, l.resource_id AS "resourceId", r.type, r.name,
            r.provider, jsonb_build_object('readAt', r.snapshot->'readAt') AS snapshot,
            coalesce(s.zone, '') AS zone,
            array_remove(array_agg(s.state), NULL) AS states,
            array_remove(array_agg(s.instance_key), NULL) AS "instanceKeys"
       FROM fleet_links l
       JOIN fleet_resources r USING (resource_id)
       LEFT JOIN fleet_target_states s
         ON s.resource_id = l.resource_id AND s.until IS NULL AND s.state <> 'gone'
      WHERE l.entity_ref = ANY(?::text[]) AND r.observed_at IS NOT NULL
        AND (r.type = 'target-group' OR r.snapshot->'hasTargets' = 'true')
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`,
    [arrayBinding(entityRefs)],
  );
  return rows;
}
