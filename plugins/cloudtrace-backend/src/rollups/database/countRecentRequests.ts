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

/**
 * Counts the requests of many entities since a time that is minutes, not days,
 * ago, on one server that stores them all.
 */
export async function countRecentRequests(
  knex: Knex,
  entityRefs: readonly string[],
  since: Date,
): Promise<RecentRequests[]> {
  const isWanted = 'entity_id IN (SELECT entity_id FROM wanted)';
  return queryRows<RecentRequests>(
    knex,
    `${scatter('one server stores all entities')}
     WITH wanted AS (
       SELECT entity_id, entity_ref FROM entities WHERE entity_ref = ANY(?::text[])
     ), counted AS (
       SELECT entity_id, key_id, requests, errors FROM rollups_minute
        WHERE ${isWanted} AND dimension = 1 AND bucket >= ?
        UNION ALL
       SELECT entity_id, key_id, requests, errors FROM rollup_deltas
        WHERE ${isWanted} AND dimension = 1 AND bucket >= ?
     )
     SELECT w.entity_ref AS "entityRef", i.environment,
            sum(c.requests)::float8 AS requests, sum(c.errors)::float8 AS errors
       FROM counted c
       JOIN wanted w USING (entity_id)
       JOIN instances i ON i.entity_id = c.entity_id AND i.instance_id = c.key_id
      GROUP BY 1, 2`,
    [[...entityRefs], since, since],
  );
}

/**
 * Counts the requests of entities that are on the same worker of a distributed
 * database.
 */
export async function countRecentRequestsOf(
  knex: Knex,
  entityIds: readonly number[],
  since: Date,
): Promise<RecentRequests[]> {
  // A coordinator finds the one shard of an equality, but not that of a list
  // with one entity.
  const [isWanted, wanted] =
    entityIds.length === 1
      ? ['entity_id = ?', entityIds[0]]
      : ['entity_id = ANY(?::int4[])', [...entityIds]];
  return queryRows<RecentRequests>(
    knex,
    `SELECT e.entity_ref AS "entityRef", c.environment,
            sum(c.requests)::float8 AS requests, sum(c.errors)::float8 AS errors
       FROM (
         SELECT r.entity_id, i.environment, r.requests, r.errors
           FROM rollups_minute r
           JOIN instances i ON i.entity_id = r.entity_id AND i.instance_id = r.key_id
          WHERE r.${isWanted} AND r.dimension = 1 AND r.bucket >= ?
          UNION ALL
         SELECT d.entity_id, i.environment, d.requests, d.errors
           FROM rollup_deltas d
           JOIN instances i ON i.entity_id = d.entity_id AND i.instance_id = d.key_id
          WHERE d.${isWanted} AND d.dimension = 1 AND d.bucket >= ?
       ) c
       JOIN entities e USING (entity_id)
      GROUP BY e.entity_id, e.entity_ref, c.environment`,
    [wanted, since, wanted, since],
  );
}
