import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { arrayBinding } from '../../database/arrayBinding';
import { CURRENT_SCANS } from './findingConditions';
import type { DbFindingCountsRow } from './rows';

/** Reads the current counts of an entity. */
export async function readCounts(
  knex: Knex,
  entityId: number,
): Promise<DbFindingCountsRow | undefined> {
  const rows = await queryRows<DbFindingCountsRow>(
    knex,
    'SELECT * FROM finding_counts WHERE entity_id = ?',
    [entityId],
  );
  return rows[0];
}

/** Reads how many findings the newest scan of each stream added and fixed. */
export async function readChanges(
  knex: Knex,
  entityId: number,
): Promise<{ added: number; fixed: number }> {
  const rows = await queryRows<{ added: number; fixed: number }>(
    knex,
    `SELECT count(*) FILTER (WHERE state = 'open' AND new_scan_id IN ${CURRENT_SCANS})::int AS added,
            count(*) FILTER (WHERE state = 'fixed' AND fixed_scan_id IN ${CURRENT_SCANS})::int AS fixed
       FROM findings WHERE entity_id = ? AND state IN ('open', 'fixed')`,
    [entityId, entityId, entityId],
  );
  return rows[0];
}

/** The open findings at a time. */
export interface TrendRow {
  t: Date;
  critical: number;
  high: number;
  medium: number;
  low: number;
  info: number;
}

/**
 * Reads the open findings at each of the times. Returns none before the first
 * scan, and adds the time of that scan if it is within the range.
 */
export async function readTrend(
  knex: Knex,
  entityId: number,
  from: Date,
  times: readonly Date[],
): Promise<TrendRow[]> {
  const rows = await queryRows<TrendRow>(
    knex,
    `SELECT t, h.critical, h.high, h.medium, h.low, h.info
       FROM (
         SELECT t FROM unnest(?::timestamptz[]) AS t
         UNION
         SELECT at FROM (
           SELECT at FROM finding_count_history
            WHERE entity_id = ? ORDER BY at LIMIT 1) first
          WHERE at BETWEEN ? AND ?) times
      CROSS JOIN LATERAL (
        SELECT * FROM finding_count_history
         WHERE entity_id = ? AND at <= t ORDER BY at DESC LIMIT 1) h
      ORDER BY t`,
    [
      arrayBinding(times.map(time => time.toISOString())),
      entityId,
      ...[from, times[times.length - 1]],
      entityId,
    ],
  );
  return rows;
}
