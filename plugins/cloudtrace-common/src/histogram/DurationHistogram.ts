import { readVarint, writeVarint } from './varint';
import {
  HISTOGRAM_SLOT_COUNT,
  histogramSlot,
  histogramSlotMidpointUs,
} from './slots';

/**
 * A mergeable histogram of durations. Percentiles are within 1.1 % of the
 * value that they would have when computed from the durations themselves.
 *
 * The encoded form lists the slots in use in ascending order, each as two
 * varints: the distance from the slot before (from 0 for the first) and the
 * number of durations in it. Encoding is canonical: equal histograms have
 * equal bytes.
 *
 * @public
 */
export class DurationHistogram {
  /** Grows to the highest slot in use. */
  #counts = new Float64Array(0);
  #count = 0;

  /** Decodes the encoded form; throws a RangeError for bytes that are none. */
  static decode(encoded: Uint8Array): DurationHistogram {
    const histogram = new DurationHistogram();
    histogram.addEncoded(encoded);
    return histogram;
  }

  /**
   * Percentiles straight from the encoded form, without decoding it: charts ask
   * for a few of each of thousands of histograms.
   *
   * @param count - Number of durations counted; the rollup says so beside it
   * @param shares - In ascending order, e.g. `[0.5, 0.95, 0.99]`
   * @returns Microseconds, one for each share; empty if nothing was counted
   */
  static percentilesUs(
    encoded: Uint8Array,
    count: number,
    shares: readonly number[],
  ): number[] {
    const result: number[] = [];
    const cursor = { bytes: encoded, position: 0 };
    const length = encoded.length;
    let position = 0;
    let slot = 0;
    let seen = 0;
    let rank = rankOf(shares[0], count);
    while (position < length) {
      // Most distances and counts are one byte: the call is for the others.
      const distance = encoded[position];
      if (distance < 128) {
        position++;
        slot += distance;
      } else {
        cursor.position = position;
        slot += readVarint(cursor);
        position = cursor.position;
      }
      const times = encoded[position];
      if (times < 128) {
        position++;
        seen += times;
      } else {
        // Also for bytes that end here, which it refuses.
        cursor.position = position;
        seen += readVarint(cursor);
        position = cursor.position;
      }
      while (seen >= rank) {
        result.push(histogramSlotMidpointUs(slot));
        if (result.length === shares.length) {
          return result;
        }
        rank = rankOf(shares[result.length], count);
      }
    }
    return result;
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

  /** Like {@link DurationHistogram.merge}, straight from the encoded form. */
  addEncoded(encoded: Uint8Array): void {
    const cursor = { bytes: encoded, position: 0 };
    let slot = 0;
    while (cursor.position < encoded.length) {
      slot += readVarint(cursor);
      const times = readVarint(cursor);
      if (slot >= HISTOGRAM_SLOT_COUNT) {
        throw new RangeError(`Histogram slot ${slot} does not exist`);
      }
      this.#addToSlot(slot, times);
    }
  }

  /** The encoded form, as stored. */
  encode(): Uint8Array {
    const out: number[] = [];
    let last = 0;
    for (let slot = 0; slot < this.#counts.length; slot++) {
      const times = this.#counts[slot];
      if (times > 0) {
        writeVarint(out, slot - last);
        writeVarint(out, times);
        last = slot;
      }
    }
    return Uint8Array.from(out);
  }

  /**
   * The duration in microseconds below or at which the given share of all
   * durations lies (nearest rank), e.g. `percentileUs(0.95)`; `undefined`
   * when nothing was counted.
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

  /** Forgets everything counted but keeps the memory for reuse. */
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
