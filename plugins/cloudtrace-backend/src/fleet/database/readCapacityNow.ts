import type { Knex } from 'knex';
import type { StoredReading } from '../FleetFreshness';
import { queryRows } from '../../database/queryRows';
import { arrayBinding } from '../../database/arrayBinding';

/** The current state of a group in an environment of an entity. */
export interface CapacityNowRow extends StoredReading {
  entityRef: string;
  environment: string;
  resource_id: number;
  name: string;
  desired: number;
  /** Null if unknown. */
  min: number | null;
  max: number | null;
  instanceKeys: string[];
}

/** Reads the current capacity and instances of the linked groups. */
export async function readCapacityNow(
  knex: Knex,
  entityRefs: readonly string[],
): Promise<CapacityNowRow[]> {
  const rows = await queryRows<CapacityNowRow>(
    knex,
    `SELECT l.entity_ref AS "entityRef", l.environment, r.resource_id, r.name,
            r.provider, jsonb_build_object('readAt', r.snapshot->'readAt') AS snapshot,
            (c.capacity->>'desired')::float8 AS desired,
            (c.capacity->>'min')::float8 AS min,
            (c.capacity->>'max')::float8 AS max,
            ARRAY(
              SELECT i.instance_key FROM fleet_instances i
               WHERE i.resource_id = r.resource_id AND i.ended_at IS NULL
            ) AS "instanceKeys"
       FROM fleet_links l
       JOIN fleet_resources r USING (resource_id)
      CROSS JOIN LATERAL (SELECT r.snapshot->'group'->'capacity' AS capacity) c
      WHERE l.entity_ref = ANY(?::text[]) AND c.capacity IS NOT NULL`,
    [arrayBinding(entityRefs)],
  );
  return rows;
}
