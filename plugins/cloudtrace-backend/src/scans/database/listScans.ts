import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbScanRow } from './rows';

/** Lists scans received in the range, newest first. */
export async function listScans(
  knex: Knex,
  query: {
    entityId: number;
    from: Date;
    to: Date;
    after?: { at: Date; id: string };
    limit: number;
  },
): Promise<DbScanRow[]> {
  const { after } = query;
  const rows = await queryRows<DbScanRow>(
    knex,
    `SELECT * FROM scans
      WHERE entity_id = ? AND received_at >= ? AND received_at < ?
        ${after ? 'AND (received_at, scan_id) < (?::timestamptz, ?::uuid)' : ''}
      ORDER BY received_at DESC, scan_id DESC LIMIT ?`,
    [
      query.entityId,
      query.from,
      query.to,
      ...(after ? [after.at, after.id] : []),
      query.limit,
    ],
  );
  return rows;
}
