import type { Knex } from 'knex';

/** Times within a range in which nobody looked at the resources. */
export async function readGaps(
  knex: Knex,
  query: { resourceIds: readonly number[]; from: Date; to: Date },
): Promise<Array<{ resourceId: number; from: Date; to: Date }>> {
  const { rows } = await knex.raw(
    `SELECT resource_id AS "resourceId", from_at AS "from", to_at AS "to"
       FROM fleet_gaps
      WHERE resource_id = ANY(?::int4[]) AND from_at < ? AND to_at > ?
      ORDER BY from_at`,
    [[...query.resourceIds], query.to, query.from],
  );
  return rows;
}
