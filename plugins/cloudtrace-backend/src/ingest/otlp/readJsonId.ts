import type { JsonByteReader } from './JsonByteReader';
import { isHex, readBase64Id, readHexWord } from './readId';
import type { SpanSink } from './SpanSink';

/** Uses the text that was read last as the trace id. */
export function readTraceId(reader: JsonByteReader, sink: SpanSink): void {
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

/** Uses the text that was read last as the span id. */
export function readSpanId(reader: JsonByteReader, sink: SpanSink): void {
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
