/*
 * How a histogram is stored: the slots in use in ascending order, each by its
 * distance from the previous slot (from -1 for the first) and the number of
 * durations in it. Both are at least 1 and stored less 1, in the shortest of
 *
 *   0ddddccc            distance 1 to 16, count 1 to 8
 *   10dddddd ddddcccc   distance 1 to 1024, count 1 to 16
 *   11dddddd count…     distance 1 to 63, count as a varint
 *   11111111 distance… count…   the distance beyond 64, and the count, as varints
 *
 * A busy minute with adjacent slots needs one byte per slot, and a quiet one
 * two. Equal histograms have equal bytes.
 */

/**
 * Most bytes that one slot of an encoded histogram needs: its marker, and two
 * varints of up to 2 and 8 bytes.
 *
 * @public
 */
export const HISTOGRAM_SLOT_MAX_BYTES = 11;

const SHORT = 0x80;
const MEDIUM = 0xc0;
/** The distance does not fit into the marker. */
const FAR = 63;

/**
 * Writes the encoded form of a `DurationHistogram` directly from its counts:
 * the slots from `lowest` to `highest` with a count.
 *
 * @public
 * @param counts - Number of durations by slot
 * @param out - Has {@link HISTOGRAM_SLOT_MAX_BYTES} for each slot in use after
 * `start`
 * @returns Where the encoded form ends
 */
export function encodeHistogram(
  counts: ArrayLike<number>,
  lowest: number,
  highest: number,
  out: Uint8Array,
  start: number,
): number {
  let at = start;
  let next = 0;
  for (let slot = lowest; slot <= highest; slot++) {
    if (counts[slot] > 0) {
      const distance = slot - next;
      const count = counts[slot] - 1;
      if (distance < 16 && count < 8) {
        out[at++] = (distance << 3) | count;
      } else if (distance < 1024 && count < 16) {
        out[at++] = SHORT | (distance >> 4);
        out[at++] = ((distance & 15) << 4) | count;
      } else if (distance < FAR) {
        out[at++] = MEDIUM | distance;
        at = writeVarint(out, at, count);
      } else {
        out[at++] = MEDIUM | FAR;
        at = writeVarint(out, at, distance - FAR);
        at = writeVarint(out, at, count);
      }
      next = slot + 1;
    }
  }
  return at;
}

/** Iterates over an encoded histogram from the shortest duration to the longest. */
export class HistogramReader {
  /** The slot that {@link HistogramReader.advance} reached. */
  slot = -1;
  /** Number of durations in the slots up to this one. */
  seen = 0;
  #position = 0;
  readonly #encoded: Uint8Array;

  constructor(encoded: Uint8Array) {
    this.#encoded = encoded;
  }

  /**
   * Advances to the slot that contains the duration of a rank, counted from 1;
   * false if there are fewer. Throws a RangeError for bytes that end inside a
   * slot, or contain a number that is too large.
   */
  advance(rank: number): boolean {
    // Local variables, for speed: charts iterate over a million slots.
    const encoded = this.#encoded;
    let { slot, seen } = this;
    let at = this.#position;
    while (seen < rank && at < encoded.length) {
      const first = encoded[at++];
      if (first < SHORT) {
        slot += (first >> 3) + 1;
        seen += (first & 7) + 1;
      } else {
        this.#position = at;
        if (first < MEDIUM) {
          const second = this.#byte();
          slot += (((first & 63) << 4) | (second >> 4)) + 1;
          seen += (second & 15) + 1;
        } else {
          const distance = first & FAR;
          slot += distance + (distance === FAR ? this.#varint() : 0) + 1;
          seen += this.#varint() + 1;
        }
        at = this.#position;
      }
    }
    this.#position = at;
    this.slot = slot;
    this.seen = seen;
    return seen >= rank;
  }

  #byte(): number {
    if (this.#position >= this.#encoded.length) {
      throw new RangeError('Histogram bytes end inside a slot');
    }
    return this.#encoded[this.#position++];
  }

  #varint(): number {
    let value = 0;
    let factor = 1;
    for (let length = 0; length < 8; length++) {
      const byte = this.#byte();
      value += (byte & 127) * factor;
      if (byte < 128) {
        return value;
      }
      factor *= 128;
    }
    throw new RangeError('Histogram bytes contain a number that is too large');
  }
}

/** Writes an unsigned number of at most 2^53 in base 128; returns where it ends. */
function writeVarint(out: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  while (rest >= 128) {
    out[at++] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  out[at++] = rest;
  return at;
}
