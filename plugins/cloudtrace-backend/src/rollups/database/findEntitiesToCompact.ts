import type { Knex } from 'knex';

/** Entities with deltas, or with an hour that is over but not closed. */
export async function findEntitiesToCompact(
  knex: Knex,
  now: Date,
): Promise<number[]> {
  const { rows } = await knex.raw<{ rows: { entity_id: number }[] }>(
    `SELECT entity_id FROM rollup_deltas
      UNION
     SELECT entity_id FROM rollup_progress
      WHERE hour_until <= ?::timestamptz - interval '1 hour'
      ORDER BY 1`,
    [now],
  );
  return rows.map(({ entity_id }) => entity_id);
}
