const INVALID = 0xff;
const HEX_VALUES = new Uint8Array(256).fill(INVALID);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  HEX_VALUES[digit.charCodeAt(0)] = value;
  HEX_VALUES[digit.toUpperCase().charCodeAt(0)] = value;
}

/** An id of 8 digits per word, in either case; `undefined` if it is none. */
export function readHexId(
  bytes: Uint8Array,
  start: number,
  words: number,
): number[] | undefined {
  const id: number[] = [];
  let at = start;
  for (let word = 0; word < words; word++) {
    let value = 0;
    for (let digit = 0; digit < 8; digit++) {
      const nibble = HEX_VALUES[bytes[at++]];
      if (nibble === INVALID) {
        return undefined;
      }
      value = (value << 4) | nibble;
    }
    id.push(value);
  }
  return id;
}

/** An id in base64, with or without padding; `undefined` if it is none. */
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
