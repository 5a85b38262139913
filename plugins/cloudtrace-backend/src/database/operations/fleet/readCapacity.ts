import type { Knex } from 'knex';
import type { DbCapacityRow } from './rows';

/** Changes of capacity within a range and the last one before it, ascending for each group. */
export async function readCapacity(
  knex: Knex,
  query: { resourceIds: readonly number[]; from: Date; to: Date },
): Promise<DbCapacityRow[]> {
  const ids = [...query.resourceIds];
  const { rows } = await knex.raw(
    `SELECT c.* FROM unnest(?::int4[]) AS r (resource_id)
       CROSS JOIN LATERAL (
         SELECT * FROM fleet_capacity f
          WHERE f.resource_id = r.resource_id AND f.at < ?
          ORDER BY f.at DESC LIMIT 1
       ) c
      UNION ALL
     SELECT * FROM fleet_capacity
      WHERE resource_id = ANY(?::int4[]) AND at >= ? AND at < ?
      ORDER BY resource_id, at`,
    [ids, query.from, ids, query.from, query.to],
  );
  return rows;
}
