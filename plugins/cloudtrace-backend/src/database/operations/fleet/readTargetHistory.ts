import type { Knex } from 'knex';
import type { DbTargetStateRow } from './rows';

/**
 * States of targets that overlap a range, and departures within it; ascending
 * for each target.
 */
export async function readTargetHistory(
  knex: Knex,
  query: { resourceIds: readonly number[]; from: Date; to: Date },
): Promise<DbTargetStateRow[]> {
  const { rows } = await knex.raw(
    `SELECT * FROM fleet_target_states
      WHERE resource_id = ANY(?::int4[]) AND state <> 'gone'
        AND at < ? AND (until IS NULL OR until > ?)
      UNION ALL
     SELECT * FROM fleet_target_states
      WHERE resource_id = ANY(?::int4[]) AND state = 'gone' AND at >= ? AND at < ?
      ORDER BY resource_id, target_key, at`,
    [
      [...query.resourceIds],
      query.to,
      query.from,
      [...query.resourceIds],
      query.from,
      query.to,
    ],
  );
  return rows;
}
