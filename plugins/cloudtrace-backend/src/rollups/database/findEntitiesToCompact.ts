import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { scatter } from '../../database/distribution/scatter';

/** Finds entities with deltas, or with a past hour that is not closed. */
export async function findEntitiesToCompact(
  knex: Knex,
  now: Date,
): Promise<number[]> {
  const rows = await queryRows<{ entity_id: number }>(
    knex,
    `${scatter('every 20 seconds, on one replica')}
     SELECT entity_id FROM rollup_deltas
      UNION
     SELECT entity_id FROM rollup_progress
      WHERE hour_until <= ?::timestamptz - interval '1 hour'
      ORDER BY 1`,
    [now],
  );
  return rows.map(({ entity_id }) => entity_id);
}
