import {
  encodeHistogram,
  HISTOGRAM_SLOT_MAX_BYTES,
  HistogramReader,
} from './encoding';
import {
  HISTOGRAM_SLOT_COUNT,
  histogramSlot,
  histogramSlotMidpointUs,
} from './slots';

/**
 * A mergeable histogram of durations. Percentiles are within 1.1 % of the value
 * computed from the durations themselves.
 *
 * The encoded form lists the slots in use, see `encoding.ts`. It is canonical:
 * equal histograms have equal bytes.
 *
 * @public
 */
export class DurationHistogram {
  /** Grows to the highest slot in use. */
  #counts = new Float64Array(0);
  #count = 0;

  /** Decodes the encoded form; throws a RangeError for invalid bytes. */
  static decode(encoded: Uint8Array): DurationHistogram {
    const histogram = new DurationHistogram();
    histogram.addEncoded(encoded);
    return histogram;
  }

  /** Number of durations counted. */
  get count(): number {
    return this.#count;
  }

  /** Counts a duration in microseconds. */
  add(durationUs: number, times: number = 1): void {
    this.#addToSlot(histogramSlot(durationUs), times);
  }

  /** Adds everything that another histogram counted. */
  merge(other: DurationHistogram): void {
    const counts = other.#counts;
    for (let slot = 0; slot < counts.length; slot++) {
      if (counts[slot] > 0) {
        this.#addToSlot(slot, counts[slot]);
      }
    }
  }

  /** The remainder after subtracting a histogram that is part of it. */
  without(part: DurationHistogram): DurationHistogram {
    const rest = new DurationHistogram();
    rest.#counts = this.#counts.map((times, slot) =>
      Math.max(0, times - (part.#counts[slot] ?? 0)),
    );
    rest.#count = rest.#counts.reduce((sum, times) => sum + times, 0);
    return rest;
  }

  /** Like {@link DurationHistogram.merge}, directly from the encoded form. */
  addEncoded(encoded: Uint8Array): void {
    const reader = new HistogramReader(encoded);
    for (let seen = 0; reader.advance(seen + 1); seen = reader.seen) {
      if (reader.slot >= HISTOGRAM_SLOT_COUNT) {
        throw new RangeError(`Histogram slot ${reader.slot} does not exist`);
      }
      this.#addToSlot(reader.slot, reader.seen - seen);
    }
  }

  /** The encoded form, as stored. */
  encode(): Uint8Array {
    const counts = this.#counts;
    let used = 0;
    for (let slot = 0; slot < counts.length; slot++) {
      used += counts[slot] > 0 ? 1 : 0;
    }
    const out = new Uint8Array(used * HISTOGRAM_SLOT_MAX_BYTES);
    return out.slice(0, encodeHistogram(counts, 0, counts.length - 1, out, 0));
  }

  /**
   * The duration in microseconds at or below which the given share of all
   * durations lies (nearest rank), e.g. `percentileUs(0.95)`; `undefined` if
   * nothing was counted.
   */
  percentileUs(share: number): number | undefined {
    if (this.#count === 0) {
      return undefined;
    }
    const rank = rankOf(share, this.#count);
    let seen = 0;
    for (let slot = 0; slot < this.#counts.length; slot++) {
      seen += this.#counts[slot];
      if (seen >= rank) {
        return histogramSlotMidpointUs(slot);
      }
    }
    return undefined;
  }

  /** Resets all counts but keeps the memory for reuse. */
  clear(): void {
    this.#counts.fill(0);
    this.#count = 0;
  }

  #addToSlot(slot: number, times: number): void {
    if (slot >= this.#counts.length) {
      const grown = new Float64Array(
        Math.min(HISTOGRAM_SLOT_COUNT, Math.max(64, slot + 33)),
      );
      grown.set(this.#counts);
      this.#counts = grown;
    }
    this.#counts[slot] += times;
    this.#count += times;
  }
}

/** The nearest rank of a share: from 1 to the number of durations. */
function rankOf(share: number, count: number): number {
  return Math.min(count, Math.max(1, Math.ceil(share * count)));
}
