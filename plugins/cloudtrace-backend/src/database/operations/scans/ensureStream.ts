import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';

/** The newest scan of a tool, category and ref. */
export interface ScanStream {
  streamId: string;
  currentScanId: string | undefined;
  analysedAt: Date | undefined;
}

/** Finds the stream, and makes it if it is new. Needs the entity's lock. */
export async function ensureStream(
  tx: Knex.Transaction,
  entityId: number,
  stream: { tool: string; category: string; ref: string },
): Promise<ScanStream> {
  const values = [entityId, stream.tool, stream.category, stream.ref];
  const { rows } = await tx.raw(
    `SELECT stream_id, current_scan_id, analysed_at FROM scan_streams
      WHERE entity_id = ? AND tool = ? AND category = ? AND ref = ?`,
    values,
  );
  if (rows[0]) {
    return {
      streamId: rows[0].stream_id,
      currentScanId: rows[0].current_scan_id ?? undefined,
      analysedAt: rows[0].analysed_at ?? undefined,
    };
  }
  const streamId = randomUUID();
  await tx.raw(
    `INSERT INTO scan_streams (entity_id, tool, category, ref, stream_id)
     VALUES (?, ?, ?, ?, ?)`,
    [...values, streamId],
  );
  return { streamId, currentScanId: undefined, analysedAt: undefined };
}
