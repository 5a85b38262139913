import type { Knex } from 'knex';

/**
 * The newest minute in which a request of an entity started; of all
 * environments without one.
 *
 * @remarks
 * Instances remember their newest compacted minute; deltas are what came since.
 */
export async function readLastReceived(
  knex: Knex,
  query: { entityId: number; environment?: string },
): Promise<Date | undefined> {
  const environment = query.environment ?? null;
  const { rows } = await knex.raw(
    `SELECT max(at) AS at FROM (
       SELECT max(last_seen_at) AS at FROM instances
        WHERE entity_id = ? AND (?::text IS NULL OR environment = ?)
       UNION ALL
       SELECT max(d.bucket) AS at FROM rollup_deltas d
         JOIN instances i ON i.entity_id = d.entity_id AND i.instance_id = d.key_id
        WHERE d.entity_id = ? AND d.dimension = 1 AND (?::text IS NULL OR i.environment = ?)
     ) newest`,
    [
      query.entityId,
      environment,
      environment,
      query.entityId,
      environment,
      environment,
    ],
  );
  return rows[0].at ?? undefined;
}
