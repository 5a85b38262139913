import type { Knex } from 'knex';
import type { DbScanRow } from './rows';

/** Maximum number of failed uploads kept per entity. */
const KEPT_FAILURES = 20;

/** Inserts a scan. */
export async function insertScan(
  knex: Knex,
  scan: Omit<DbScanRow, 'duration_ms'> & {
    duration_ms: number | null;
    digest: Buffer;
    sent_by: string;
  },
): Promise<void> {
  const row = {
    ...scan,
    coded: scan.coded && JSON.stringify(scan.coded),
    cuts: JSON.stringify(scan.cuts),
  };
  const columns = Object.keys(row) as Array<keyof typeof row>;
  await knex.raw(
    `INSERT INTO scans (${columns.join(', ')})
     VALUES (${columns.map(() => '?').join(', ')})`,
    columns.map(column => row[column] as Knex.RawBinding),
  );
  if (scan.status !== 'failed') return;
  await knex.raw(
    `DELETE FROM scans
      WHERE entity_id = ? AND status = 'failed' AND scan_id NOT IN (
        SELECT scan_id FROM scans
         WHERE entity_id = ? AND status = 'failed'
         ORDER BY received_at DESC, scan_id LIMIT ?)`,
    [scan.entity_id, scan.entity_id, KEPT_FAILURES],
  );
}
