import type { Knex } from 'knex';

/** Capacity of all groups of an environment of an entity together. */
export interface CapacityNow {
  entityRef: string;
  environment: string;
  desired: number;
  /** Groups that can grow, but not any further. */
  atMax: number;
}

/** Sums up the capacity of the linked groups as it is now. */
export async function readCapacityNow(
  knex: Knex,
  entityRefs: readonly string[],
): Promise<CapacityNow[]> {
  const { rows } = await knex.raw(
    `SELECT l.entity_ref AS "entityRef", l.environment,
            sum((c.capacity->>'desired')::float8)::int AS desired,
            count(*) FILTER (
              WHERE (c.capacity->>'desired')::float8 >= (c.capacity->>'max')::float8
                AND (c.capacity->>'max')::float8 > (c.capacity->>'min')::float8
            )::int AS "atMax"
       FROM fleet_links l
       JOIN fleet_resources r USING (resource_id)
      CROSS JOIN LATERAL (SELECT r.snapshot->'group'->'capacity' AS capacity) c
      WHERE l.entity_ref = ANY(?::text[]) AND c.capacity IS NOT NULL
      GROUP BY l.entity_ref, l.environment`,
    [[...entityRefs]],
  );
  return rows;
}
