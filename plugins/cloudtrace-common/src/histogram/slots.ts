/*
 * The buckets of the duration histograms: the exponential histogram of
 * OpenTelemetry at a fixed scale, on microseconds. Bucket `i` holds the values
 * in (2^(i/32), 2^((i+1)/32)], so that the geometric middle of a bucket is
 * within 1.1 % of every value in it.
 *
 * A slot is the number of a bucket here: slot 0 holds zero (and anything
 * below), slot `s` ≥ 1 is the OpenTelemetry bucket with the index `s - 2`.
 */

/**
 * Scale of every duration histogram: 2^5 buckets per doubling.
 *
 * @public
 */
export const HISTOGRAM_SCALE = 5;

const BUCKETS_PER_DOUBLING = 2 ** HISTOGRAM_SCALE;

/**
 * Number of slots that durations up to 2^53 µs can fall into.
 *
 * @public
 */
export const HISTOGRAM_SLOT_COUNT = 53 * BUCKETS_PER_DOUBLING + 2;

/** Upper bounds of the slots in µs. */
const UPPER_BOUNDS_US = Float64Array.from(
  { length: HISTOGRAM_SLOT_COUNT },
  (_, slot) => (slot === 0 ? 0 : 2 ** ((slot - 1) / BUCKETS_PER_DOUBLING)),
);

/** Geometric middles of the slots in µs. */
const MIDPOINTS_US = Float64Array.from(
  { length: HISTOGRAM_SLOT_COUNT },
  (_, slot) => (slot === 0 ? 0 : 2 ** ((slot - 1.5) / BUCKETS_PER_DOUBLING)),
);

/** Durations below this are looked up instead of computed; ingest calls this for every request. */
const TABLE_SIZE = 1 << 14;
const SLOT_TABLE = Uint16Array.from({ length: TABLE_SIZE }, (_, us) =>
  computeSlot(us),
);

function computeSlot(durationUs: number): number {
  if (!(durationUs > 0)) {
    return 0;
  }
  let slot = Math.ceil(Math.log2(durationUs) * BUCKETS_PER_DOUBLING) + 1;
  if (slot < 1) {
    return 1;
  }
  if (slot >= HISTOGRAM_SLOT_COUNT) {
    return HISTOGRAM_SLOT_COUNT - 1;
  }
  // The logarithm rounds; the bounds decide.
  while (slot > 1 && durationUs <= UPPER_BOUNDS_US[slot - 1]) {
    slot--;
  }
  while (
    slot < HISTOGRAM_SLOT_COUNT - 1 &&
    durationUs > UPPER_BOUNDS_US[slot]
  ) {
    slot++;
  }
  return slot;
}

/**
 * The slot that a duration in microseconds falls into.
 *
 * @public
 */
export function histogramSlot(durationUs: number): number {
  return durationUs >= 0 &&
    durationUs < TABLE_SIZE &&
    Number.isInteger(durationUs)
    ? SLOT_TABLE[durationUs]
    : computeSlot(durationUs);
}

/**
 * The duration in microseconds that represents every value of a slot: the
 * geometric middle of its bucket.
 *
 * @public
 */
export function histogramSlotMidpointUs(slot: number): number {
  return MIDPOINTS_US[slot];
}

/**
 * The largest duration in microseconds that falls into a slot.
 *
 * @public
 */
export function histogramSlotUpperBoundUs(slot: number): number {
  return UPPER_BOUNDS_US[slot];
}
