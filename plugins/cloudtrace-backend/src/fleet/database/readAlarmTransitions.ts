import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbAlarmTransitionRow } from './rows';

/** Reads the state changes of alarms within a range, ascending; at most 5,000. */
export async function readAlarmTransitions(
  knex: Knex,
  query: { resourceIds: readonly number[]; from: Date; to: Date },
): Promise<DbAlarmTransitionRow[]> {
  const rows = await queryRows<DbAlarmTransitionRow>(
    knex,
    `SELECT * FROM fleet_alarm_transitions
      WHERE resource_id = ANY(?::int4[]) AND at >= ? AND at < ?
      ORDER BY at, alarm_name LIMIT 5000`,
    [[...query.resourceIds], query.from, query.to],
  );
  return rows;
}
