import type { Knex } from 'knex';
import { scatter } from '../../database/distribution/scatter';
import { queryRows } from '../../database/queryRows';

/** What there is to compact of an entity. */
export interface EntityWork {
  entityId: number;
  /** Deltas that are not merged into minutes yet. */
  deltas: number;
  /** Whether a past hour or day is not closed yet. */
  closes: boolean;
}

/**
 * Finds entities with deltas, or with a past hour or day that is not closed.
 *
 * @param entityIds - The entities to look at; all by default
 */
export async function findEntitiesToCompact(
  knex: Knex,
  now: Date,
  entityIds?: readonly number[],
): Promise<EntityWork[]> {
  const wanted = entityIds ? 'entity_id = ANY(?::int4[])' : 'true';
  const list = entityIds ? [[...entityIds]] : [];
  return queryRows<EntityWork>(
    knex,
    `${entityIds ? '' : scatter('one server stores all entities')}
     SELECT entity_id AS "entityId", sum(deltas)::int AS deltas, bool_or(closes) AS closes
       FROM (SELECT entity_id, count(*) AS deltas, false AS closes
               FROM rollup_deltas WHERE ${wanted} GROUP BY entity_id
              UNION ALL
             SELECT entity_id, 0 AS deltas, true AS closes
               FROM rollup_progress
              WHERE ${wanted}
                AND (hour_until <= ?::timestamptz - interval '1 hour'
                     OR day_until <= hour_until - interval '1 day')
            ) work
      GROUP BY entity_id ORDER BY entity_id`,
    [...list, ...list, now],
  );
}
