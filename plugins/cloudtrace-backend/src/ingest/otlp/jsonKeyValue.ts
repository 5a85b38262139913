import { createKeyFinder } from './attributes';
import type { JsonByteReader } from './JsonByteReader';

/** Returns one more than the index of a key, or 0. */
export type Finder = (
  bytes: Uint8Array,
  start: number,
  length: number,
) => number;

const findKeyValueMember = createKeyFinder(['key', 'value']);
const findValueMember = createKeyFinder([
  'stringValue',
  'intValue',
  'doubleValue',
]);

/** Reads a key; returns its index in the finder, or 0. */
export function readMember(reader: JsonByteReader, find: Finder): number {
  reader.readKey();
  return findText(reader, find);
}

/** Looks up the text that was read last. */
export function findText(reader: JsonByteReader, find: Finder): number {
  if (reader.escaped) {
    const text = Buffer.from(reader.text());
    return find(text, 0, text.length);
  }
  return find(reader.bytes, reader.start, reader.length);
}

/** Kinds of values; results of {@link findValueMember}. */
export const VALUE = { none: 0, text: 1, int: 2, double: 3 };

/**
 * Reads a KeyValue; returns its key's index in the finder, or 0. Sets the
 * reader's `start` and `length` to the value, and its
 * `valueKind` to one of {@link VALUE}.
 */
export function scanKeyValue(reader: JsonByteReader, find: Finder): number {
  let code = -1;
  let waiting = -1;
  let kind = VALUE.none;
  let start = 0;
  let length = 0;
  let escaped = false;
  if (!reader.enterObject()) {
    return 0;
  }
  do {
    const member = readMember(reader, findKeyValueMember);
    if (member === 1) {
      code = reader.readScalar() === 'text' ? findText(reader, find) : 0;
    } else if (member === 2 && code > 0) {
      kind = readValue(reader);
      start = reader.start;
      length = reader.length;
      escaped = reader.escaped;
    } else {
      if (member === 2 && code < 0) {
        waiting = reader.position;
      }
      reader.skipValue();
    }
  } while (reader.nextMember());
  if (code > 0 && waiting >= 0) {
    // The value precedes its key.
    const end = reader.position;
    reader.position = waiting;
    reader.valueKind = readValue(reader);
    reader.position = end;
    return code;
  }
  reader.start = start;
  reader.length = length;
  reader.escaped = escaped;
  reader.valueKind = kind;
  return code > 0 ? code : 0;
}

/** Reads an AnyValue and returns its kind. Sets the reader's `start` and `length` to the value. */
function readValue(reader: JsonByteReader): number {
  let kind = VALUE.none;
  let start = 0;
  let length = 0;
  let escaped = false;
  if (!reader.enterObject()) {
    return VALUE.none;
  }
  do {
    const member = readMember(reader, findValueMember);
    if (member === 0) {
      reader.skipValue();
      continue;
    }
    const scalar = reader.readScalar();
    if (scalar === 'text' || (scalar === 'number' && member !== VALUE.text)) {
      kind = member;
      start = reader.start;
      length = reader.length;
      escaped = reader.escaped;
    }
  } while (reader.nextMember());
  reader.start = start;
  reader.length = length;
  reader.escaped = escaped;
  return kind;
}
