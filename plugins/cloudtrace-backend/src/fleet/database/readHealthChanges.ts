import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbTargetStateRow } from './rows';

/** A target that became unhealthy, recovered, or left while unhealthy. */
export type HealthChangeRow = Pick<
  DbTargetStateRow,
  | 'resource_id'
  | 'target_key'
  | 'at'
  | 'state'
  | 'from_state'
  | 'reason_code'
  | 'reason'
  | 'instance_key'
  | 'zone'
>;

/** Reads failures and recoveries of targets within a range, newest first; at most 5,000. */
export async function readHealthChanges(
  knex: Knex,
  query: { resourceIds: readonly number[]; from: Date; to: Date },
): Promise<HealthChangeRow[]> {
  const rows = await queryRows<HealthChangeRow>(
    knex,
    `SELECT resource_id, target_key, at, state, from_state, reason_code, reason, instance_key, zone
       FROM fleet_target_states
      WHERE resource_id = ANY(?::int4[]) AND at >= ? AND at < ?
        AND state IS DISTINCT FROM from_state
        AND (state IN ('unhealthy', 'unavailable') OR from_state IN ('unhealthy', 'unavailable'))
      ORDER BY at DESC, target_key LIMIT 5000`,
    [[...query.resourceIds], query.from, query.to],
  );
  return rows;
}
