import type { Knex } from 'knex';
import { changeRows, queryRows } from '../../database/queryRows';
import { arrayBinding } from '../../database/arrayBinding';
import { withEntityLock } from './withEntityLock';
import type { ServerEntities } from '../../database/distribution/entitiesByServer';
import { entityCondition } from '../../database/distribution/entityCondition';
import {
  onEachServer,
  type ServerWork,
} from '../../database/distribution/onEachServer';

/** Maximum number of rows per transaction, so that uploads wait only briefly. */
const DEFAULT_SLICE_ROWS = 5_000;

/** Older data is deleted. */
interface Bounds {
  scansBefore: Date;
  findingsBefore: Date;
  sliceRows: number;
}

/** Deletes one slice of an entity and returns its number of rows. */
type Slice = (
  tx: Knex.Transaction,
  entityId: number,
  bounds: Bounds,
) => Promise<number>;

/**
 * Deletes expired scans and fixed findings, server by server and entity by
 * entity, in slices.
 * Keeps the current scan of each stream, findings that are not fixed, and
 * findings that somebody has triaged.
 */
export async function pruneScans(
  using: ServerWork,
  options: {
    scansMs: number;
    findingsMs: number;
    signal: AbortSignal;
    sliceRows?: number;
  },
): Promise<void> {
  const now = Date.now();
  const bounds = {
    scansBefore: new Date(now - options.scansMs),
    findingsBefore: new Date(now - options.findingsMs),
    sliceRows: options.sliceRows ?? DEFAULT_SLICE_ROWS,
  };
  await onEachServer(using, 'delete old scans', part =>
    pruneServer(part, bounds, options.signal),
  );
}

async function pruneServer(
  { knex, entityIds }: ServerEntities,
  bounds: Bounds,
  signal: AbortSignal,
): Promise<void> {
  for (const entityId of await listEntities(knex, bounds, entityIds)) {
    for (const slice of [pruneScanRows, pruneFindings, pruneCountHistory]) {
      let deleted = bounds.sliceRows;
      while (deleted === bounds.sliceRows) {
        signal.throwIfAborted();
        deleted = await withEntityLock(knex, entityId, async tx => {
          return slice(tx, entityId, bounds);
        });
      }
    }
  }
}

/** Only entities with expired data, so that the others are not locked. */
async function listEntities(
  knex: Knex,
  bounds: Bounds,
  entityIds?: readonly number[],
): Promise<number[]> {
  const { sql, bindings } = entityCondition(entityIds);
  const rows = await queryRows<{ entity_id: number }>(
    knex,
    `SELECT entity_id FROM scans WHERE ${sql} AND received_at < ?
      UNION
     SELECT entity_id FROM findings WHERE ${sql} AND state = 'fixed' AND fixed_at < ?
      UNION
     SELECT entity_id FROM finding_count_history WHERE ${sql} AND at < ?
      ORDER BY entity_id`,
    [
      ...[...bindings, bounds.scansBefore],
      ...[...bindings, bounds.findingsBefore],
      ...[...bindings, bounds.findingsBefore],
    ],
  );
  return rows.map(row => row.entity_id);
}

const pruneScanRows: Slice = async (tx, entityId, bounds) => {
  const rowCount = await changeRows(
    tx,
    `DELETE FROM scans
      WHERE entity_id = ? AND scan_id IN (
        SELECT scan_id FROM scans
         WHERE entity_id = ? AND received_at < ? AND scan_id NOT IN (
           SELECT current_scan_id FROM scan_streams
            WHERE entity_id = ? AND current_scan_id IS NOT NULL)
         LIMIT ?)`,
    [entityId, entityId, bounds.scansBefore, entityId, bounds.sliceRows],
  );
  return rowCount;
};

const pruneFindings: Slice = async (tx, entityId, bounds) => {
  // Every event without a scan comes from a triage decision.
  const rows = await queryRows<{ finding_id: string }>(
    tx,
    `SELECT finding_id FROM findings AS f
      WHERE entity_id = ? AND state = 'fixed' AND fixed_at < ?
        AND triage_state IS NULL
        AND NOT EXISTS (
          SELECT FROM finding_events AS e
           WHERE e.entity_id = ? AND e.finding_id = f.finding_id
             AND e.kind NOT IN ('found', 'fixed', 'reopened'))
      LIMIT ?`,
    [entityId, bounds.findingsBefore, entityId, bounds.sliceRows],
  );
  const ids = arrayBinding(rows.map(row => row.finding_id));
  if (rows.length === 0) return 0;
  // Delete both together: a key without its finding would pass the id on to a
  // reappearing problem.
  for (const table of [
    'finding_keys',
    'finding_sources',
    'finding_events',
    'findings',
  ]) {
    await tx.raw(
      `DELETE FROM ${table} WHERE entity_id = ? AND finding_id = ANY(?::uuid[])`,
      [entityId, ids],
    );
  }
  return rows.length;
};

const pruneCountHistory: Slice = async (tx, entityId, bounds) => {
  // The newest expired count is valid until the first kept one: trends start
  // with it.
  const rowCount = await changeRows(
    tx,
    `DELETE FROM finding_count_history
      WHERE entity_id = ? AND at IN (
        SELECT at FROM finding_count_history
         WHERE entity_id = ? AND at < (
           SELECT max(at) FROM finding_count_history
            WHERE entity_id = ? AND at < ?)
         LIMIT ?)`,
    [entityId, entityId, entityId, bounds.findingsBefore, bounds.sliceRows],
  );
  return rowCount;
};
