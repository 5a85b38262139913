import type { RollupTableRow } from './readRollupRows';

/** Rollups of one key: each column of all rows, one after the other, in PostgreSQL's binary form. */
export interface PackedRollups {
  key_id: number;
  /** Microseconds since 2000 in 8 bytes each, as the four counts. */
  buckets: Buffer;
  requests: Buffer;
  errors: Buffer;
  duration_sums_us: Buffer;
  duration_maxima_us: Buffer;
  /** 4 bytes each. */
  histogram_lengths: Buffer;
  histograms: Buffer;
}

/** 2000-01-01, where PostgreSQL's times begin. */
const POSTGRES_EPOCH_MS = 946_684_800_000;

/** The rows of a key. */
export function unpackRollupRows(packed: PackedRollups): RollupTableRow[] {
  const rows: RollupTableRow[] = [];
  let start = 0;
  for (let at = 0; at < packed.buckets.length; at += 8) {
    const end = start + packed.histogram_lengths.readUInt32BE(at / 2);
    rows.push({
      bucketMs: POSTGRES_EPOCH_MS + readInt8(packed.buckets, at) / 1000,
      keyId: packed.key_id,
      requests: readInt8(packed.requests, at),
      errors: readInt8(packed.errors, at),
      durationSumUs: readInt8(packed.duration_sums_us, at),
      durationMaxUs: readInt8(packed.duration_maxima_us, at),
      histogram: packed.histograms.subarray(start, end),
    });
    start = end;
  }
  return rows;
}

/** An int8 as a number: exact up to 2^53, as everything that is counted here. */
function readInt8(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
}
