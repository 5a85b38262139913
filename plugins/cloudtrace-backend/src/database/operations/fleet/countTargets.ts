import type { Knex } from 'knex';

/** Targets of one target group of an environment of an entity, as they are now. */
export interface TargetCounts {
  entityRef: string;
  environment: string;
  healthy: number;
  unhealthy: number;
  total: number;
}

/** Counts the targets of all linked target groups by their state now. */
export async function countTargets(
  knex: Knex,
  entityRefs: readonly string[],
): Promise<TargetCounts[]> {
  const { rows } = await knex.raw(
    `SELECT l.entity_ref AS "entityRef", l.environment,
            count(*) FILTER (WHERE s.state = 'healthy')::int AS healthy,
            count(*) FILTER (WHERE s.state IN ('unhealthy', 'unavailable'))::int AS unhealthy,
            count(*)::int AS total
       FROM fleet_links l
       JOIN fleet_target_states s
         ON s.resource_id = l.resource_id AND s.until IS NULL AND s.state <> 'gone'
      WHERE l.entity_ref = ANY(?::text[])
      GROUP BY l.entity_ref, l.environment, l.resource_id`,
    [[...entityRefs]],
  );
  return rows;
}
