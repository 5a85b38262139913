import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbScanRow } from './rows';

/** Lists the newest incomplete scans of tools, categories and refs. */
export async function listIncomplete(
  knex: Knex,
  entityId: number,
): Promise<DbScanRow[]> {
  const rows = await queryRows<DbScanRow>(
    knex,
    `SELECT c.* FROM scan_streams s
       JOIN scans c ON c.entity_id = s.entity_id AND c.scan_id = s.current_scan_id
      WHERE s.entity_id = ? AND c.incomplete IS NOT NULL
      ORDER BY c.received_at DESC, c.scan_id LIMIT 20`,
    [entityId],
  );
  return rows;
}
