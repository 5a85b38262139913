import type { ProtobufReader } from './ProtobufReader';
import type { ResourceReceiver } from './ResourceNames';

const RESOURCE = { attributes: 10 };
const KEY_VALUE = { key: 10, value: 18 };
const ANY_VALUE = { string: 10, int: 24 };

/** Reads the attributes of a Resource. */
export function scanResource(
  reader: ProtobufReader,
  end: number,
  names: ResourceReceiver,
): void {
  while (reader.position < end) {
    const tag = reader.readTag();
    if (tag !== RESOURCE.attributes) {
      reader.skip(tag, end);
      continue;
    }
    const pairEnd = reader.readEnd(end);
    let code = 0;
    let start = 0;
    let length = 0;
    let number: string | undefined;
    while (reader.position < pairEnd) {
      const pairTag = reader.readTag();
      if (pairTag === KEY_VALUE.key) {
        const keyEnd = reader.readEnd(pairEnd);
        const keyStart = reader.position;
        code = names.find(reader.bytes, keyStart, keyEnd - keyStart);
        reader.position = keyEnd;
      } else if (pairTag === KEY_VALUE.value) {
        const valueEnd = reader.readEnd(pairEnd);
        while (reader.position < valueEnd) {
          const valueTag = reader.readTag();
          if (valueTag === ANY_VALUE.string) {
            const textEnd = reader.readEnd(valueEnd);
            start = reader.position;
            length = textEnd - start;
            number = undefined;
            reader.position = textEnd;
          } else if (valueTag === ANY_VALUE.int) {
            start = reader.position;
            reader.readVarint();
            length = reader.position - start;
            number = intText(reader.bytes, start, reader.position);
          } else {
            reader.skip(valueTag, valueEnd);
          }
        }
        reader.expectEnd(valueEnd);
      } else {
        reader.skip(pairTag, pairEnd);
      }
    }
    reader.expectEnd(pairEnd);
    if (code > 0) {
      names.take(code, start, length, number);
    }
  }
  reader.expectEnd(end);
}

/** A whole number as text; identities must not lose digits. */
function intText(bytes: Uint8Array, start: number, end: number): string {
  let value = 0n;
  for (let at = end - 1; at >= start; at--) {
    value = value * 128n + BigInt(bytes[at] % 128);
  }
  return BigInt.asIntN(64, value).toString();
}
