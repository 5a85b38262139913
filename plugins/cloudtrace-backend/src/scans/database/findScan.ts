import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** Finds an earlier upload of the identical file to the same stream. */
export async function findSameScan(
  tx: Knex,
  options: { entityId: number; streamId: string; digest: Buffer },
): Promise<string | undefined> {
  const rows = await queryRows<{ scan_id: string }>(
    tx,
    `SELECT scan_id FROM scans
      WHERE entity_id = ? AND stream_id = ? AND digest = ? AND status <> 'failed'
      ORDER BY received_at DESC LIMIT 1`,
    [options.entityId, options.streamId, options.digest],
  );
  return rows[0]?.scan_id;
}
