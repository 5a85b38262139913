import {
  createKeyFinder,
  findResourceAttribute,
  findSpanAttribute,
  SPAN_ATTRIBUTES,
  TEXT,
  type SpanAttribute,
} from './attributes';
import type { JsonReader } from './JsonReader';
import { isHex, readBase64Id, readHexWord } from './readId';
import { readDigits } from './readDigits';
import { ResourceNames } from './ResourceNames';
import type { SpanSink } from './SpanSink';

/*
 * Reads an ExportTraceServiceRequest in the JSON encoding of OTLP, in one pass
 * over the bytes like the protobuf scanner. Ids are hexadecimal as OTLP wants
 * them, or base64 as plain protobuf JSON has them; 64-bit numbers are texts or
 * numbers; enums are numbers, and their names are understood; unknown fields
 * are passed over. A field of a wrong type counts as missing, except where
 * there must be an object or array: that body is malformed.
 */

type Finder = (bytes: Uint8Array, start: number, length: number) => number;

const findMember = createKeyFinder(['resourceSpans']);
const findResourceSpansMember = createKeyFinder(['resource', 'scopeSpans']);
const findScopeSpansMember = createKeyFinder(['spans']);
const findResourceMember = createKeyFinder(['attributes']);
const findKeyValueMember = createKeyFinder(['key', 'value']);
const findValueMember = createKeyFinder([
  'stringValue',
  'intValue',
  'doubleValue',
]);
const findStatusMember = createKeyFinder(['code']);
const findSpanMember = createKeyFinder([
  'traceId',
  'spanId',
  'name',
  'kind',
  'startTimeUnixNano',
  'endTimeUnixNano',
  'attributes',
  'status',
]);

const KINDS: Record<string, number> = {
  SPAN_KIND_SERVER: 2,
  SPAN_KIND_CONSUMER: 5,
};
const STATUS_CODE_ERROR = 2;

/**
 * Reads a body into the sink.
 *
 * @throws MalformedBodyError with the position; BodyTooLargeError
 */
export function scanJson(reader: JsonReader, sink: SpanSink): void {
  if (reader.peek() !== 0x7b) {
    throw reader.malformed('expected an object');
  }
  if (reader.enterObject()) {
    do {
      if (readMember(reader, findMember) === 1) {
        scanArray(reader, sink, scanResourceSpans);
      } else {
        reader.skipValue();
      }
    } while (reader.nextMember());
  }
  if (!Number.isNaN(reader.peek())) {
    throw reader.malformed('expected nothing more');
  }
}

function scanArray(
  reader: JsonReader,
  sink: SpanSink,
  scanElement: (reader: JsonReader, sink: SpanSink) => void,
): void {
  if (reader.enterArray()) {
    do {
      scanElement(reader, sink);
    } while (reader.nextElement());
  }
}

/** Reads a key; which of the finder's keys it is, or 0. */
function readMember(reader: JsonReader, find: Finder): number {
  reader.readKey();
  return findText(reader, find);
}

function findText(reader: JsonReader, find: Finder): number {
  if (reader.escaped) {
    const text = Buffer.from(reader.text());
    return find(text, 0, text.length);
  }
  return find(reader.bytes, reader.start, reader.length);
}

function scanResourceSpans(reader: JsonReader, sink: SpanSink): void {
  const names = new ResourceNames();
  let named = false;
  const waiting: number[] = [];
  if (reader.enterObject()) {
    do {
      const member = readMember(reader, findResourceSpansMember);
      if (member === 1) {
        scanResource(reader, names);
        names.apply(sink);
        named = true;
      } else if (member === 2 && named) {
        scanArray(reader, sink, scanScopeSpans);
      } else {
        // The resource names the instance of all spans; spans before it wait.
        if (member === 2) {
          waiting.push(reader.position);
        }
        reader.skipValue();
      }
    } while (reader.nextMember());
  }
  if (waiting.length > 0) {
    const end = reader.position;
    names.apply(sink);
    for (const position of waiting) {
      reader.position = position;
      scanArray(reader, sink, scanScopeSpans);
    }
    reader.position = end;
  }
}

function scanResource(reader: JsonReader, names: ResourceNames): void {
  if (!reader.enterObject()) {
    return;
  }
  do {
    if (readMember(reader, findResourceMember) !== 1) {
      reader.skipValue();
    } else if (reader.enterArray()) {
      do {
        const code = scanKeyValue(reader, findResourceAttribute);
        if (code > 0 && valueKind === VALUE.text) {
          const override = reader.escaped ? reader.text() : undefined;
          names.take(code, reader.start, reader.length, override);
        }
      } while (reader.nextElement());
    }
  } while (reader.nextMember());
}

/** Kinds of values; what {@link findValueMember} gives. */
const VALUE = { none: 0, text: 1, int: 2, double: 3 };

/** Kind of the value that {@link scanKeyValue} read last. */
let valueKind = VALUE.none;

/**
 * Reads a KeyValue; which of the finder's keys it has, or 0. The value of such
 * a key is at the reader's `start` and `length`, its kind in `valueKind`.
 */
function scanKeyValue(reader: JsonReader, find: Finder): number {
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
    // The value stood before its key.
    const end = reader.position;
    reader.position = waiting;
    valueKind = readValue(reader);
    reader.position = end;
    return code;
  }
  reader.start = start;
  reader.length = length;
  reader.escaped = escaped;
  valueKind = kind;
  return code > 0 ? code : 0;
}

/** Reads an AnyValue; its kind. The value is at the reader's `start` and `length`. */
function readValue(reader: JsonReader): number {
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

function scanScopeSpans(reader: JsonReader, sink: SpanSink): void {
  if (!reader.enterObject()) {
    return;
  }
  do {
    if (readMember(reader, findScopeSpansMember) === 1) {
      scanArray(reader, sink, scanSpan);
    } else {
      reader.skipValue();
    }
  } while (reader.nextMember());
}

function scanSpan(reader: JsonReader, sink: SpanSink): void {
  sink.startSpan();
  if (reader.enterObject()) {
    do {
      scanSpanMember(reader, sink, readMember(reader, findSpanMember));
    } while (reader.nextMember());
  }
  sink.endSpan();
}

function scanSpanMember(
  reader: JsonReader,
  sink: SpanSink,
  member: number,
): void {
  switch (member) {
    case 1:
      if (reader.readScalar() === 'text') {
        readTraceId(reader, sink);
      }
      break;
    case 2:
      if (reader.readScalar() === 'text') {
        readSpanId(reader, sink);
      }
      break;
    case 3:
      if (reader.readScalar() === 'text') {
        setText(reader, sink, TEXT.name);
      }
      break;
    case 4:
      sink.kind = readEnum(reader, KINDS);
      break;
    case 5:
      readTime(reader);
      sink.startUs = timeUs;
      sink.startNs = timeNs;
      break;
    case 6:
      readTime(reader);
      sink.endUs = timeUs;
      sink.endNs = timeNs;
      break;
    case 7:
      if (reader.enterArray()) {
        do {
          scanSpanAttribute(reader, sink);
        } while (reader.nextElement());
      }
      break;
    case 8:
      scanStatus(reader, sink);
      break;
    default:
      reader.skipValue();
  }
}

function scanSpanAttribute(reader: JsonReader, sink: SpanSink): void {
  const code = scanKeyValue(reader, findSpanAttribute);
  if (code === 0) {
    return;
  }
  const attribute = SPAN_ATTRIBUTES[code]!;
  if (valueKind === VALUE.text && attribute.text >= 0) {
    if (attribute.rank >= sink.rank[attribute.text]) {
      sink.rank[attribute.text] = attribute.rank;
      setText(reader, sink, attribute.text);
    }
  } else if (valueKind !== VALUE.none && attribute.text < 0) {
    setNumber(reader, sink, attribute);
  }
}

function setText(reader: JsonReader, sink: SpanSink, text: number): void {
  sink.textStart[text] = reader.start;
  sink.textLength[text] = reader.length;
  if (reader.escaped) {
    sink.textOverride[text] = reader.text();
    sink.hasOverride = true;
  } else if (sink.hasOverride) {
    sink.textOverride[text] = undefined;
  }
}

function setNumber(
  reader: JsonReader,
  sink: SpanSink,
  attribute: SpanAttribute,
): void {
  const { bytes, start, length } = reader;
  const value =
    length <= 3
      ? readDigits(bytes, start, length)
      : Number(bytes.toString('latin1', start, start + length));
  sink.setNumber(attribute, value);
}

function scanStatus(reader: JsonReader, sink: SpanSink): void {
  if (!reader.enterObject()) {
    return;
  }
  do {
    if (readMember(reader, findStatusMember) === 1) {
      const code = readEnum(reader, { STATUS_CODE_ERROR });
      sink.error = code === STATUS_CODE_ERROR;
    } else {
      reader.skipValue();
    }
  } while (reader.nextMember());
}

function readEnum(reader: JsonReader, names: Record<string, number>): number {
  const scalar = reader.readScalar();
  if (scalar === 'number') {
    return readDigits(reader.bytes, reader.start, reader.length);
  }
  return scalar === 'text' ? names[reader.text()] ?? 0 : 0;
}

function readTraceId(reader: JsonReader, sink: SpanSink): void {
  const { bytes, start } = reader;
  if (reader.length === 32 && !reader.escaped) {
    sink.hasTraceId = isHex(bytes, start, 32);
    sink.t0 = readHexWord(bytes, start);
    sink.t1 = readHexWord(bytes, start + 8);
    sink.t2 = readHexWord(bytes, start + 16);
    sink.t3 = readHexWord(bytes, start + 24);
    return;
  }
  const words = readBase64Id(reader.text(), 4);
  sink.hasTraceId = words !== undefined;
  if (words) {
    [sink.t0, sink.t1, sink.t2, sink.t3] = words;
  }
}

function readSpanId(reader: JsonReader, sink: SpanSink): void {
  const { bytes, start } = reader;
  if (reader.length === 16 && !reader.escaped) {
    sink.hasSpanId = isHex(bytes, start, 16);
    sink.s0 = readHexWord(bytes, start);
    sink.s1 = readHexWord(bytes, start + 8);
    return;
  }
  const words = readBase64Id(reader.text(), 2);
  sink.hasSpanId = words !== undefined;
  if (words) {
    [sink.s0, sink.s1] = words;
  }
}

// What readTime found; two numbers without an object around them.
let timeUs = 0;
let timeNs = 0;

/** Reads nanoseconds since 1970, a text or number; 0 for anything else. */
function readTime(reader: JsonReader): void {
  timeUs = 0;
  timeNs = 0;
  if (reader.readScalar() === 'other') {
    return;
  }
  const { bytes, start, length } = reader;
  // The last three digits are nanoseconds, those before microseconds.
  const split = start + Math.max(0, length - 3);
  let us = 0;
  let ns = 0;
  for (let at = start; at < start + length; at++) {
    const digit = bytes[at] - 48;
    if (digit < 0 || digit > 9) {
      // A number such as 1.7e18, or no number at all.
      const value = Number(bytes.toString('latin1', start, start + length));
      timeUs = value > 0 ? Math.floor(value / 1000) : 0;
      return;
    }
    if (at < split) {
      us = us * 10 + digit;
    } else {
      ns = ns * 10 + digit;
    }
  }
  timeUs = us;
  timeNs = ns;
}
