import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { randomUUID } from 'node:crypto';
import { longRef } from '../../tokens/shortRef';

/** The newest scan of a tool, category and ref. */
export interface ScanStream {
  streamId: string;
  currentScanId: string | undefined;
  /** Latest time of its scans, by the clock of the scanning machine. */
  analysedAt: Date | undefined;
  /** Streams of the same branch under its long name, which this one replaces. */
  outdated: Array<{ streamId: string; tool: string }>;
}

/** Origin of a pulled stream; absent for uploads. */
export interface StreamSource {
  /** Name of the source, such as `snyk`. */
  name: string;
  /** Id at the source, such as that of a project. */
  target: string;
}

interface StreamRow {
  stream_id: string;
  current_scan_id: string | null;
  analysed_at: Date | null;
  source: string | null;
  source_target: string | null;
  ref: string;
}

/**
 * Finds the stream, or creates it. A stream that an earlier version
 * stored as `refs/heads/main` becomes that of `main`. Needs the entity's lock.
 */
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
  const rows = await queryRows<StreamRow>(
    tx,
    `SELECT stream_id, current_scan_id, analysed_at, source, source_target, ref
       FROM scan_streams
      WHERE entity_id = ? AND tool = ? AND category = ? AND ref IN (?, ?)
      ORDER BY ref = ? DESC`,
    [...values, longRef(stream.ref), stream.ref],
  );
  const [known, ...others] = rows;
  if (known) {
    if (known.ref !== stream.ref) {
      await rename(tx, {
        entityId,
        streamId: known.stream_id,
        ref: stream.ref,
      });
    }
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
      outdated: others
        .filter(other => other.current_scan_id)
        .map(other => ({ streamId: other.stream_id, tool: stream.tool })),
    };
  }
  const streamId = randomUUID();
  await tx.raw(
    `INSERT INTO scan_streams
       (entity_id, tool, category, ref, stream_id, source, source_target)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [...values, streamId, ...source],
  );
  return {
    streamId,
    currentScanId: undefined,
    analysedAt: undefined,
    outdated: [],
  };
}

/** Assigns another ref to a stream and its findings. */
async function rename(
  tx: Knex.Transaction,
  stream: { entityId: number; streamId: string; ref: string },
): Promise<void> {
  for (const table of ['scan_streams', 'finding_sources']) {
    await tx.raw(
      `UPDATE ${table} SET ref = ? WHERE entity_id = ? AND stream_id = ?`,
      [stream.ref, stream.entityId, stream.streamId],
    );
  }
}
