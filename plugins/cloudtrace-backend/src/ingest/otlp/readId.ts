const INVALID = 0xff;
const HEX_VALUES = new Uint8Array(256).fill(INVALID);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  HEX_VALUES[digit.charCodeAt(0)] = value;
  HEX_VALUES[digit.toUpperCase().charCodeAt(0)] = value;
}

/** Whether all bytes are hexadecimal digits, in either case. */
export function isHex(
  bytes: Uint8Array,
  start: number,
  length: number,
): boolean {
  for (let at = start; at < start + length; at++) {
    if (HEX_VALUES[bytes[at]] === INVALID) {
      return false;
    }
  }
  return true;
}

/** Reads eight hexadecimal digits as a signed 32-bit number. */
export function readHexWord(bytes: Uint8Array, start: number): number {
  let value = 0;
  for (let at = start; at < start + 8; at++) {
    value = (value << 4) | HEX_VALUES[bytes[at]];
  }
  return value;
}

/** Decodes a base64 id, with or without padding; `undefined` if it is invalid. */
export function readBase64Id(
  text: string,
  words: number,
): number[] | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
    return undefined;
  }
  const decoded = Buffer.from(text, 'base64');
  if (decoded.length !== words * 4) {
    return undefined;
  }
  return Array.from({ length: words }, (_, word) =>
    decoded.readInt32BE(word * 4),
  );
}
