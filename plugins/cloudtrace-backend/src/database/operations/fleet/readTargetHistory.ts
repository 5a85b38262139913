import type { Knex } from 'knex';
import { packedTime, readPacked } from '../../readPacked';
import type { DbTargetStateRow } from './rows';

/** A state of a target, without what only the next report is compared with. */
export type TargetHistoryRow = Omit<DbTargetStateRow, 'until' | 'vendor_state'>;

const columns = [
  'resource_id',
  'target_key',
  packedTime('at'),
  'state',
  'from_state',
  'reason_code',
  'reason',
  'instance_key',
  'port',
  'zone',
];

/**
 * States of targets that overlap a range, and departures within it; ascending
 * for each target.
 */
export async function readTargetHistory(
  knex: Knex,
  query: { resourceIds: readonly number[]; from: Date; to: Date },
): Promise<TargetHistoryRow[]> {
  const ids = [...query.resourceIds];
  const rows = await readPacked<
    [
      number,
      string,
      number,
      string,
      string | null,
      string | null,
      string | null,
      string | null,
      number | null,
      string | null,
    ]
  >(
    knex,
    columns,
    `FROM (
       SELECT * FROM fleet_target_states
        WHERE resource_id = ANY(?::int4[]) AND state <> 'gone'
          AND at < ? AND (until IS NULL OR until > ?)
        UNION ALL
       SELECT * FROM fleet_target_states
        WHERE resource_id = ANY(?::int4[]) AND state = 'gone' AND at >= ? AND at < ?
     ) states
     ORDER BY resource_id, target_key, at`,
    [ids, query.to, query.from, ids, query.from, query.to],
  );
  return rows.map(row => ({
    resource_id: row[0],
    target_key: row[1],
    at: new Date(row[2]),
    state: row[3],
    from_state: row[4],
    reason_code: row[5],
    reason: row[6],
    instance_key: row[7],
    port: row[8],
    zone: row[9],
  }));
}
