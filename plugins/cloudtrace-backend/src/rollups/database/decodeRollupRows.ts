import type { RollupTableRow } from './readRollupRows';

/** The columns that {@link decodeRollupRows} expects, with their types, in this order. */
export const ROLLUP_ROW_COLUMNS =
  's.bucket, s.key_id, s.requests, s.errors, s.duration_sum_us, s.duration_max_us, s.histogram';

/** 2000-01-01, the epoch of PostgreSQL's times. */
const POSTGRES_EPOCH_MS = 946_684_800_000;

/** Signature and flags; the length of an extension follows. */
const HEADER_BYTES = 15;

/**
 * Offset of each column's value from the start of a row: 2 bytes with the
 * number of columns, then 4 bytes with the length before each value. All
 * columns are NOT NULL and have a fixed width, except the histogram at the end.
 */
const BUCKET = 2 + 4;
const KEY_ID = BUCKET + 8 + 4;
const REQUESTS = KEY_ID + 4 + 4;
const ERRORS = REQUESTS + 8 + 4;
const DURATION_SUM = ERRORS + 8 + 4;
const DURATION_MAX = DURATION_SUM + 8 + 4;
const HISTOGRAM_LENGTH = DURATION_MAX + 8;
const HISTOGRAM = HISTOGRAM_LENGTH + 4;

/**
 * Decodes rows in the binary format of PostgreSQL's COPY.
 *
 * @see https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format"
 */
export function decodeRollupRows(copied: Buffer): RollupTableRow[] {
  const rows: RollupTableRow[] = [];
  let at = HEADER_BYTES + 4 + copied.readInt32BE(HEADER_BYTES);
  while (copied.readInt16BE(at) >= 0) {
    const end = at + HISTOGRAM + copied.readInt32BE(at + HISTOGRAM_LENGTH);
    rows.push({
      bucketMs: POSTGRES_EPOCH_MS + readInt8(copied, at + BUCKET) / 1000,
      keyId: copied.readInt32BE(at + KEY_ID),
      requests: readInt8(copied, at + REQUESTS),
      errors: readInt8(copied, at + ERRORS),
      durationSumUs: readInt8(copied, at + DURATION_SUM),
      durationMaxUs: readInt8(copied, at + DURATION_MAX),
      histogram: copied.subarray(at + HISTOGRAM, end),
    });
    at = end;
  }
  return rows;
}

/** Reads an int8 as a number: exact up to 2^53, like all counts here. */
function readInt8(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
}
