import {
  createKeyFinder,
  findSpanAttribute,
  SPAN_ATTRIBUTES,
  TEXT,
  type SpanAttribute,
} from './attributes';
import type { JsonByteReader } from './JsonByteReader';
import { readMember, scanKeyValue, VALUE } from './jsonKeyValue';
import { JsonTime } from './JsonTime';
import { readDigits } from './readDigits';
import { readEnum } from './readEnum';
import { readSpanId, readTraceId } from './readJsonId';
import { ResourceNames } from './ResourceNames';
import { scanJsonResource } from './scanJsonResource';
import type { SpanSink } from './SpanSink';

/*
 * Reads an ExportTraceServiceRequest in OTLP's JSON encoding, in one pass over
 * the bytes like the protobuf scanner. Ids are hexadecimal as in OTLP, or
 * base64 as in plain protobuf JSON; 64-bit numbers are texts or numbers; enums
 * are numbers or names; unknown fields are skipped. A field of a wrong type
 * counts as missing, except where an object or array is required: then the body
 * is malformed.
 */

const findMember = createKeyFinder([
  'resourceSpans',
  'resourceMetrics',
  'resourceLogs',
]);
const findResourceSpansMember = createKeyFinder([
  'resource',
  'scopeSpans',
  'instrumentationLibrarySpans',
]);
const findScopeSpansMember = createKeyFinder(['spans']);
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

/** The time that was read last. */
const time = new JsonTime();

/**
 * Reads a body into the sink.
 *
 * @throws MalformedBodyError with the position; BodyTooLargeError
 */
export function scanJson(reader: JsonByteReader, sink: SpanSink): void {
  if (reader.peek() !== 0x7b) {
    throw reader.malformed('expected an object');
  }
  if (reader.enterObject()) {
    do {
      const member = readMember(reader, findMember);
      if (member === 1) {
        scanArray(reader, sink, scanResourceSpans);
      } else {
        if (member > 0) {
          sink.noteForeign(member === 2 ? 'metrics' : 'logs');
        }
        reader.skipValue();
      }
    } while (reader.nextMember());
  }
  if (!Number.isNaN(reader.peek())) {
    throw reader.malformed('expected the end of the body');
  }
}

function scanArray(
  reader: JsonByteReader,
  sink: SpanSink,
  scanElement: (reader: JsonByteReader, sink: SpanSink) => void,
): void {
  if (reader.enterArray()) {
    do {
      scanElement(reader, sink);
    } while (reader.nextElement());
  }
}

function scanResourceSpans(reader: JsonByteReader, sink: SpanSink): void {
  const names = new ResourceNames();
  let named = false;
  const waiting: number[] = [];
  if (reader.enterObject()) {
    do {
      const member = readMember(reader, findResourceSpansMember);
      if (member === 1) {
        scanJsonResource(reader, names);
        names.apply(sink);
        named = true;
      } else if (member === 2 && named) {
        scanArray(reader, sink, scanScopeSpans);
      } else {
        // The resource identifies the instance of all spans; spans before it
        // wait.
        if (member === 2) {
          waiting.push(reader.position);
        } else if (member === 3) {
          sink.noteForeign('oldLibrarySpans');
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

function scanScopeSpans(reader: JsonByteReader, sink: SpanSink): void {
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

function scanSpan(reader: JsonByteReader, sink: SpanSink): void {
  sink.startSpan();
  if (reader.enterObject()) {
    do {
      scanSpanMember(reader, sink, readMember(reader, findSpanMember));
    } while (reader.nextMember());
  }
  sink.endSpan();
}

function scanSpanMember(
  reader: JsonByteReader,
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
        setText(reader, sink, TEXT.name, 0);
      }
      break;
    case 4:
      sink.kind = readEnum(reader, KINDS);
      break;
    case 5:
      time.read(reader);
      sink.startUs = time.us;
      sink.startNs = time.ns;
      break;
    case 6:
      time.read(reader);
      sink.endUs = time.us;
      sink.endNs = time.ns;
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

function scanSpanAttribute(reader: JsonByteReader, sink: SpanSink): void {
  const code = scanKeyValue(reader, findSpanAttribute);
  if (code === 0) {
    return;
  }
  const attribute = SPAN_ATTRIBUTES[code]!;
  const { valueKind } = reader;
  if (attribute.text >= 0) {
    if (valueKind === VALUE.text) {
      setText(reader, sink, attribute.text, attribute.rank);
    }
  } else if (valueKind === VALUE.text) {
    setNumberText(reader, sink, attribute);
  } else if (valueKind !== VALUE.none) {
    sink.setNumber(attribute, readNumber(reader));
  }
}

function setText(
  reader: JsonByteReader,
  sink: SpanSink,
  text: number,
  rank: number,
): void {
  const override = reader.escaped ? reader.text() : undefined;
  sink.texts.set(text, rank, reader.start, reader.length, override);
}

function setNumberText(
  reader: JsonByteReader,
  sink: SpanSink,
  attribute: SpanAttribute,
): void {
  if (reader.escaped) {
    const bytes = Buffer.from(reader.text());
    sink.setNumberText(attribute, bytes, 0, bytes.length);
  } else {
    const { bytes, start, length } = reader;
    sink.setNumberText(attribute, bytes, start, length);
  }
}

function readNumber({ bytes, start, length }: JsonByteReader): number {
  return length > 0 && length <= 3
    ? readDigits(bytes, start, length)
    : Number(bytes.toString('latin1', start, start + length));
}

function scanStatus(reader: JsonByteReader, sink: SpanSink): void {
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
