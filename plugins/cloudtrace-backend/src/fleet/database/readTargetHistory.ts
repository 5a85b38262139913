import type { Knex } from 'knex';
import { packedTime, readPacked } from '../../database/readPacked';
import { lostZonesSql, type LostZoneRow } from './readLostZones';
import type { DbTargetStateRow } from './rows';

/** A state of a target, without the columns that only the next report needs. */
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

/** What to read. */
export interface TargetHistoryQuery {
  resourceIds: readonly number[];
  from: Date;
  to: Date;
}

/** Additional rows to read in the same statement. */
interface MoreRows {
  sql: string;
  bindings: readonly Knex.RawBinding[];
}

/**
 * Reads the target states that overlap a range, and departures within it;
 * ascending per target.
 */
export async function readTargetHistory(
  knex: Knex,
  query: TargetHistoryQuery,
): Promise<TargetHistoryRow[]> {
  return readRows(knex, query);
}

/** Distinguishes the rows of lost zones from those of states. */
const LOST_STATE = 'zone-lost';

/**
 * Reads the history of targets and the zones that are lost at the end of the
 * range, in one statement.
 */
export async function readHealthHistory(
  knex: Knex,
  query: TargetHistoryQuery,
): Promise<{ states: TargetHistoryRow[]; lostZones: LostZoneRow[] }> {
  const lost = lostZonesSql({ resourceIds: query.resourceIds, at: query.to });
  const rows = await readRows(knex, query, {
    sql: `
        UNION ALL
       SELECT resource_id, '', lost_at, '${LOST_STATE}', NULL, NULL, NULL, NULL, NULL, zone
         FROM (${lost.sql}) lost`,
    bindings: lost.bindings,
  });
  return {
    states: rows.filter(({ state }) => state !== LOST_STATE),
    lostZones: rows
      .filter(({ state }) => state === LOST_STATE)
      .map(({ resource_id: resourceId, zone, at }) => ({
        resourceId,
        zone: zone ?? '',
        lostAt: at,
      })),
  };
}

async function readRows(
  knex: Knex,
  query: TargetHistoryQuery,
  more: MoreRows = { sql: '', bindings: [] },
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
       SELECT resource_id, target_key, at, state, from_state, reason_code, reason, instance_key, port, zone
         FROM fleet_target_states
        WHERE resource_id = ANY(?::int4[]) AND state <> 'gone'
          AND at < ? AND (until IS NULL OR until > ?)
        UNION ALL
       SELECT resource_id, target_key, at, state, from_state, reason_code, reason, instance_key, port, zone
         FROM fleet_target_states
        WHERE resource_id = ANY(?::int4[]) AND state = 'gone' AND at >= ? AND at < ?${more.sql}
     ) states
     ORDER BY resource_id, target_key, at`,
    [
      ...[ids, query.to, query.from],
      ...[ids, query.from, query.to],
      ...more.bindings,
    ],
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
