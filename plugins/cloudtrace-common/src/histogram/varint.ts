/** Where a varint is read from. */
export interface VarintCursor {
  bytes: Uint8Array;
  position: number;
}

/** Reads an unsigned base-128 number of at most 2^53 and moves the cursor on. */
export function readVarint(cursor: VarintCursor): number {
  let value = 0;
  let factor = 1;
  for (let length = 0; length < 8; length++) {
    if (cursor.position >= cursor.bytes.length) {
      throw new RangeError('Histogram bytes end inside a number');
    }
    const byte = cursor.bytes[cursor.position++];
    value += (byte & 127) * factor;
    if (byte < 128) {
      return value;
    }
    factor *= 128;
  }
  throw new RangeError('Histogram bytes hold a number that is too large');
}

/** Appends an unsigned number as a base-128 varint. */
export function writeVarint(out: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    out.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
}
