import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** A minute in which an entity had requests. */
export interface LatestMinute {
  /** Start of the minute. */
  bucket: Date;
  requests: number;
}

/**
 * Finds the newest minute before a time in which an environment had requests,
 * and their number; `undefined` if there is none since `from`.
 */
export async function findLatestMinute(
  knex: Knex,
  query: { entityId: number; environment?: string; from: Date; before: Date },
): Promise<LatestMinute | undefined> {
  const environment = query.environment ?? null;
  // The newest minute of each table, then its sum over both.
  const rows = await queryRows<{
    bucket: Date | null;
    requests: number | null;
  }>(
    knex,
    `WITH newest AS (
       SELECT max(bucket) AS bucket FROM (
         (SELECT r.bucket FROM rollups_minute r
            JOIN instances i ON i.entity_id = r.entity_id AND i.instance_id = r.key_id
           WHERE r.entity_id = :entityId AND r.dimension = 1
             AND r.bucket >= :from AND r.bucket < :before
             AND (:environment::text IS NULL OR i.environment = :environment)
           ORDER BY r.bucket DESC LIMIT 1)
         UNION ALL
         (SELECT max(r.bucket) FROM rollup_deltas r
            JOIN instances i ON i.entity_id = r.entity_id AND i.instance_id = r.key_id
           WHERE r.entity_id = :entityId AND r.dimension = 1
             AND r.bucket >= :from AND r.bucket < :before
             AND (:environment::text IS NULL OR i.environment = :environment))
       ) candidates)
     SELECT newest.bucket,
            (SELECT sum(requests) FROM (
               SELECT requests FROM rollups_minute r
                WHERE r.entity_id = :entityId AND r.dimension = 1 AND r.bucket = newest.bucket
               UNION ALL
               SELECT requests FROM rollup_deltas r
                WHERE r.entity_id = :entityId AND r.dimension = 1 AND r.bucket = newest.bucket
             ) counted)::float8 AS requests
       FROM newest`,
    { ...query, environment },
  );
  const { bucket, requests } = rows[0];
  return bucket ? { bucket, requests: requests ?? 0 } : undefined;
}
