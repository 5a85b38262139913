import {
  findSpanAttribute,
  SPAN_ATTRIBUTES,
  TEXT,
  type SpanAttribute,
} from './attributes';
import type { ProtobufReader } from './ProtobufReader';
import { ResourceNames } from './ResourceNames';
import { scanResource } from './scanProtobufResource';
import type { SpanSink } from './SpanSink';

/*
 * Reads an ExportTraceServiceRequest without building objects: one pass over
 * the bytes, straight into the sink. Tags are field number × 8 + wire type, as
 * in opentelemetry/proto/trace/v1/trace.proto. Fields may have any order;
 * unknown ones are skipped.
 */

const MESSAGE = { resourceSpans: 10 };
const RESOURCE_SPANS = {
  resource: 10,
  scopeSpans: 18,
  /** Field for spans in OTLP before 0.15. */
  instrumentationLibrarySpans: 8002,
};
const SCOPE_SPANS = { spans: 18 };
const SPAN = {
  traceId: 10,
  spanId: 18,
  name: 42,
  kind: 48,
  startTime: 57,
  endTime: 65,
  attributes: 74,
  status: 122,
};
const STATUS = { code: 24 };
const KEY_VALUE = { key: 10, value: 18 };
const ANY_VALUE = { string: 10, int: 24, double: 33 };
const STATUS_CODE_ERROR = 2;

/** From this value on, a 64-bit number is negative. */
const TWO_63 = 2 ** 63;
const TWO_64 = 2 ** 64;

/** 2^32 ns as microseconds and the remaining nanoseconds. */
const HIGH_US = 4_294_967;
const HIGH_NS = 296;

/**
 * Reads a body into the sink.
 *
 * @throws MalformedBodyError with the position; BodyTooLargeError
 */
export function scanProtobuf(
  reader: ProtobufReader,
  end: number,
  sink: SpanSink,
): void {
  while (reader.position < end) {
    const tag = reader.readTag();
    if (tag === MESSAGE.resourceSpans) {
      scanResourceSpans(reader, reader.readEnd(end), sink);
    } else {
      reader.skip(tag, end);
    }
  }
  reader.expectEnd(end);
}

function scanResourceSpans(
  reader: ProtobufReader,
  end: number,
  sink: SpanSink,
): void {
  const start = reader.position;
  // The resource identifies the instance of all spans and may follow them, so
  // it is located first. Spans are skipped by their length.
  const names = new ResourceNames();
  while (reader.position < end) {
    const tag = reader.readTag();
    if (tag === RESOURCE_SPANS.resource) {
      scanResource(reader, reader.readEnd(end), names);
    } else {
      if (tag === RESOURCE_SPANS.instrumentationLibrarySpans) {
        sink.noteForeign('oldLibrarySpans');
      }
      reader.skip(tag, end);
    }
  }
  reader.expectEnd(end);
  reader.position = start;
  let named = false;
  while (reader.position < end) {
    const tag = reader.readTag();
    if (tag === RESOURCE_SPANS.scopeSpans) {
      if (!named) {
        names.apply(sink);
        named = true;
      }
      scanScopeSpans(reader, reader.readEnd(end), sink);
    } else {
      reader.skip(tag, end);
    }
  }
}

function scanScopeSpans(
  reader: ProtobufReader,
  end: number,
  sink: SpanSink,
): void {
  while (reader.position < end) {
    const tag = reader.readTag();
    if (tag === SCOPE_SPANS.spans) {
      scanSpan(reader, reader.readEnd(end), sink);
    } else {
      reader.skip(tag, end);
    }
  }
  reader.expectEnd(end);
}

function scanSpan(reader: ProtobufReader, end: number, sink: SpanSink): void {
  const { view } = reader;
  sink.startSpan();
  while (reader.position < end) {
    const tag = reader.readTag();
    switch (tag) {
      case SPAN.traceId: {
        const idEnd = reader.readEnd(end);
        const at = reader.position;
        sink.hasTraceId = idEnd - at === 16;
        if (sink.hasTraceId) {
          sink.t0 = view.getInt32(at);
          sink.t1 = view.getInt32(at + 4);
          sink.t2 = view.getInt32(at + 8);
          sink.t3 = view.getInt32(at + 12);
        }
        reader.position = idEnd;
        break;
      }
      case SPAN.spanId: {
        const idEnd = reader.readEnd(end);
        const at = reader.position;
        sink.hasSpanId = idEnd - at === 8;
        if (sink.hasSpanId) {
          sink.s0 = view.getInt32(at);
          sink.s1 = view.getInt32(at + 4);
        }
        reader.position = idEnd;
        break;
      }
      case SPAN.name: {
        const nameEnd = reader.readEnd(end);
        sink.texts.set(
          TEXT.name,
          0,
          reader.position,
          nameEnd - reader.position,
        );
        reader.position = nameEnd;
        break;
      }
      case SPAN.kind:
        sink.kind = reader.readVarint();
        break;
      case SPAN.startTime: {
        const at = reader.position;
        reader.skip(tag, end);
        const high = view.getUint32(at + 4, true);
        const low = high * HIGH_NS + view.getUint32(at, true);
        const us = Math.floor(low / 1000);
        sink.startUs = high * HIGH_US + us;
        sink.startNs = low - us * 1000;
        break;
      }
      case SPAN.endTime: {
        const at = reader.position;
        reader.skip(tag, end);
        const high = view.getUint32(at + 4, true);
        const low = high * HIGH_NS + view.getUint32(at, true);
        const us = Math.floor(low / 1000);
        sink.endUs = high * HIGH_US + us;
        sink.endNs = low - us * 1000;
        break;
      }
      case SPAN.attributes:
        scanSpanAttribute(reader, reader.readEnd(end), sink);
        break;
      case SPAN.status:
        scanStatus(reader, reader.readEnd(end), sink);
        break;
      default:
        reader.skip(tag, end);
    }
  }
  reader.expectEnd(end);
  sink.endSpan();
}

function scanStatus(reader: ProtobufReader, end: number, sink: SpanSink): void {
  while (reader.position < end) {
    const tag = reader.readTag();
    if (tag === STATUS.code) {
      sink.error = reader.readVarint() === STATUS_CODE_ERROR;
    } else {
      reader.skip(tag, end);
    }
  }
  reader.expectEnd(end);
}

function scanSpanAttribute(
  reader: ProtobufReader,
  end: number,
  sink: SpanSink,
): void {
  let code = 0;
  let valueStart = -1;
  let valueEnd = -1;
  while (reader.position < end) {
    const tag = reader.readTag();
    if (tag === KEY_VALUE.key) {
      const keyEnd = reader.readEnd(end);
      const keyStart = reader.position;
      code = findSpanAttribute(reader.bytes, keyStart, keyEnd - keyStart);
      reader.position = keyEnd;
    } else if (tag === KEY_VALUE.value) {
      valueEnd = reader.readEnd(end);
      valueStart = reader.position;
      reader.position = valueEnd;
    } else {
      reader.skip(tag, end);
    }
  }
  reader.expectEnd(end);
  if (code > 0 && valueStart >= 0) {
    reader.position = valueStart;
    scanSpanValue(reader, valueEnd, code, sink);
    reader.position = end;
  }
}

function scanSpanValue(
  reader: ProtobufReader,
  end: number,
  code: number,
  sink: SpanSink,
): void {
  const attribute = SPAN_ATTRIBUTES[code]!;
  while (reader.position < end) {
    const tag = reader.readTag();
    if (tag === ANY_VALUE.string) {
      const textEnd = reader.readEnd(end);
      const start = reader.position;
      if (attribute.text >= 0) {
        sink.texts.set(attribute.text, attribute.rank, start, textEnd - start);
      } else {
        sink.setNumberText(attribute, reader.bytes, start, textEnd - start);
      }
      reader.position = textEnd;
    } else if (tag === ANY_VALUE.int) {
      const value = reader.readVarint();
      setNumber(sink, attribute, value < TWO_63 ? value : value - TWO_64);
    } else if (tag === ANY_VALUE.double && reader.position + 8 <= end) {
      setNumber(sink, attribute, reader.view.getFloat64(reader.position, true));
      reader.position += 8;
    } else {
      reader.skip(tag, end);
    }
  }
  reader.expectEnd(end);
}

function setNumber(
  sink: SpanSink,
  attribute: SpanAttribute,
  value: number,
): void {
  if (attribute.text < 0) {
    sink.setNumber(attribute, value);
  }
}
