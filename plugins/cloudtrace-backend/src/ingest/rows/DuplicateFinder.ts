import { ROW_BYTES, ROW_OFFSET } from '../../requests/row/requestRow';

const SLOTS = 1 << 15;
const INDEX_BITS = 14;
const MAX_STAMP = (1 << (31 - INDEX_BITS)) - 1;

/** Maximum number of spans per body. */
export const MAX_SPANS_PER_BODY = (1 << INDEX_BITS) - 1;

/**
 * Finds duplicate spans in one body. A hash table over the rows written so far;
 * a stamp in every slot clears the table without touching it.
 */
export class DuplicateFinder {
  #slots = new Int32Array(SLOTS);
  #stamp = 0;

  /** Forgets the previous body. */
  start(): void {
    if (++this.#stamp > MAX_STAMP) {
      this.#stamp = 1;
      this.#slots.fill(0);
    }
  }

  /**
   * Whether an earlier row has the same trace and span id as `row`; adds `row`
   * if not. `firstRow` is the first row of the body.
   */
  isDuplicate(rows: DataView, firstRow: number, row: number): boolean {
    const at = row * ROW_BYTES;
    const s0 = rows.getInt32(at + ROW_OFFSET.spanId);
    const s1 = rows.getInt32(at + ROW_OFFSET.spanId + 4);
    let hash = Math.imul(s0, 0x9e3779b1) ^ Math.imul(s1, 0x85ebca6b);
    hash ^= hash >>> 15;
    for (let slot = hash & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
      const value = this.#slots[slot];
      if (value >>> INDEX_BITS !== this.#stamp) {
        this.#slots[slot] = (this.#stamp << INDEX_BITS) | (row - firstRow);
        return false;
      }
      const other = firstRow + (value & ((1 << INDEX_BITS) - 1));
      const otherAt = other * ROW_BYTES;
      if (
        rows.getInt32(otherAt + ROW_OFFSET.spanId) === s0 &&
        rows.getInt32(otherAt + ROW_OFFSET.spanId + 4) === s1 &&
        sameTrace(rows, at, otherAt)
      ) {
        return true;
      }
    }
  }
}

function sameTrace(rows: DataView, a: number, b: number): boolean {
  for (let offset = 0; offset < 16; offset += 4) {
    const left = rows.getInt32(a + ROW_OFFSET.traceId + offset);
    const right = rows.getInt32(b + ROW_OFFSET.traceId + offset);
    if (left !== right) {
      return false;
    }
  }
  return true;
}
