import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';

/** The newest scan of a tool, category and ref. */
export interface ScanStream {
  streamId: string;
  currentScanId: string | undefined;
  /** Latest time of its scans, by the clock of the scanning machine. */
  analysedAt: Date | undefined;
}

/** Origin of a pulled stream; absent for uploads. */
export interface StreamSource {
  /** Name of the source, such as `snyk`. */
  name: string;
  /** Id at the source, such as that of a project. */
  target: string;
}

/** Finds the stream, or creates it. Needs the entity's lock. */
export async function ensureStream(
  tx: Knex.Transaction,
  entityId: number,
  stream: {
    tool: string;
    category: string;
    ref: string;
    source?: StreamSource;
  },
): Promise<ScanStream> {
  const values = [entityId, stream.tool, stream.category, stream.ref];
  const source = [stream.source?.name ?? null, stream.source?.target ?? null];
  const { rows } = await tx.raw(
    `SELECT stream_id, current_scan_id, analysed_at, source, source_target
       FROM scan_streams
      WHERE entity_id = ? AND tool = ? AND category = ? AND ref = ?`,
    values,
  );
  const [known] = rows;
  if (known) {
    if (known.source !== source[0] || known.source_target !== source[1]) {
      await tx.raw(
        `UPDATE scan_streams SET source = ?, source_target = ?
          WHERE entity_id = ? AND stream_id = ?`,
        [...source, entityId, known.stream_id],
      );
    }
    return {
      streamId: known.stream_id,
      currentScanId: known.current_scan_id ?? undefined,
      analysedAt: known.analysed_at ?? undefined,
    };
  }
  const streamId = randomUUID();
  await tx.raw(
    `INSERT INTO scan_streams
       (entity_id, tool, category, ref, stream_id, source, source_target)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [...values, streamId, ...source],
  );
  return { streamId, currentScanId: undefined, analysedAt: undefined };
}
