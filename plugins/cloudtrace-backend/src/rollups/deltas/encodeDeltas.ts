import {
  encodeHistogram,
  HISTOGRAM_SLOT_MAX_BYTES,
} from '@cloudtrace/plugin-cloudtrace-common';
import {
  COPY_HEADER,
  COPY_TRAILER,
  POSTGRES_EPOCH_US,
} from '../../database/copyFormat';
import type { RollupDelta } from './RollupDelta';

const MINUTE_US = 60_000_000;

/** Columns in the order in which they are sent. */
export const DELTA_COLUMNS = [
  'entity_id',
  'bucket',
  'dimension',
  'key_id',
  'requests',
  'errors',
  'duration_sum_us',
  'duration_max_us',
  'histogram',
] as const;

/** Statement that receives the result of {@link encodeDeltas}. */
export const COPY_DELTAS = `COPY rollup_deltas (${DELTA_COLUMNS.join(
  ', ',
)}) FROM STDIN (FORMAT binary)`;

/** Bytes of a row without its histogram. */
const FIXED_BYTES = 2 + 9 * 4 + 4 + 8 + 2 + 4 + 8 + 8 + 8 + 8;

/** Encodes groups as the input of a binary COPY into `rollup_deltas`. */
export function encodeDeltas(groups: readonly RollupDelta[]): Buffer {
  let size = COPY_HEADER.length + COPY_TRAILER.length;
  for (const { lowestSlot, highestSlot, requests } of groups) {
    const slots = Math.min(highestSlot - lowestSlot + 1, requests);
    size += FIXED_BYTES + slots * HISTOGRAM_SLOT_MAX_BYTES;
  }
  const out = Buffer.allocUnsafe(size);
  let at = COPY_HEADER.copy(out, 0);
  for (const group of groups) {
    at = writeGroup(out, at, group);
  }
  at += COPY_TRAILER.copy(out, at);
  return out.subarray(0, at);
}

function writeGroup(out: Buffer, start: number, group: RollupDelta): number {
  let at = out.writeInt16BE(DELTA_COLUMNS.length, start);
  at = out.writeInt32BE(group.entityId, out.writeInt32BE(4, at));
  at = writeInt64(out, at, group.minute * MINUTE_US - POSTGRES_EPOCH_US);
  at = out.writeInt16BE(group.dimension, out.writeInt32BE(2, at));
  at = out.writeInt32BE(group.keyId, out.writeInt32BE(4, at));
  at = writeInt64(out, at, group.requests);
  at = writeInt64(out, at, group.errors);
  at = writeInt64(out, at, group.durationSumUs);
  at = writeInt64(out, at, group.durationMaxUs);
  const lengthAt = at;
  const histogramAt = at + 4;
  at = encodeHistogram(
    group.counts,
    group.lowestSlot,
    group.highestSlot,
    out,
    histogramAt,
  );
  out.writeInt32BE(at - histogramAt, lengthAt);
  return at;
}

function writeInt64(out: Buffer, start: number, value: number): number {
  const high = Math.floor(value / 4_294_967_296);
  out.writeInt32BE(8, start);
  out.writeInt32BE(high, start + 4);
  return out.writeUInt32BE(value - high * 4_294_967_296, start + 8);
}
