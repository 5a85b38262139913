import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { scatter } from '../../database/distribution/scatter';

/** Requests of an environment of an entity. */
export interface RecentRequests {
  entityRef: string;
  environment: string;
  requests: number;
  errors: number;
}

/** Counts the requests of many entities since a time that is minutes, not days, ago. */
export async function countRecentRequests(
  knex: Knex,
  entityRefs: readonly string[],
  since: Date,
): Promise<RecentRequests[]> {
  const rows = await queryRows<RecentRequests>(
    knex,
    `${scatter('the fleet page judges all services')}
     WITH wanted AS (
       SELECT entity_id, entity_ref FROM entities WHERE entity_ref = ANY(?::text[])
     ), counted AS (
       SELECT entity_id, key_id, requests, errors FROM rollups_minute
        WHERE entity_id IN (SELECT entity_id FROM wanted) AND dimension = 1 AND bucket >= ?
        UNION ALL
       SELECT entity_id, key_id, requests, errors FROM rollup_deltas
        WHERE entity_id IN (SELECT entity_id FROM wanted) AND dimension = 1 AND bucket >= ?
     )
     SELECT w.entity_ref AS "entityRef", i.environment,
            sum(c.requests)::float8 AS requests, sum(c.errors)::float8 AS errors
       FROM counted c
       JOIN wanted w USING (entity_id)
       JOIN instances i ON i.entity_id = c.entity_id AND i.instance_id = c.key_id
      GROUP BY 1, 2`,
    [[...entityRefs], since, since],
  );
  return rows;
}
