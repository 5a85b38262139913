import { JsonByteReader } from '../otlp/JsonByteReader';
import { ProtobufReader } from '../otlp/ProtobufReader';
import { ServiceAttributes } from '../otlp/ServiceAttributes';
import { countJsonSpans, splitJson } from '../otlp/splitJson';
import { countProtobufSpans, splitProtobuf } from '../otlp/splitProtobuf';
import type { OtlpEncoding } from '../IngestService';
import { emptyOutcome, type IngestOutcome } from '../types';
import type { ServiceIdentity } from '../../platform/types';

/**
 * Visits the ResourceSpans of a body, each with its service and position.
 * Returns what the body contains besides.
 *
 * @throws MalformedBodyError with the position; BodyTooLargeError
 */
export function splitBody(
  body: Buffer,
  encoding: OtlpEncoding,
  maxFields: number,
  visit: (service: ServiceIdentity, start: number, end: number) => void,
): IngestOutcome['foreign'] {
  const { foreign } = emptyOutcome();
  const service = new ServiceAttributes(body);
  const visitPiece = (start: number, end: number) =>
    visit(service.read(), start, end);
  if (encoding === 'protobuf') {
    const reader = new ProtobufReader(body, viewOf(body), maxFields);
    splitProtobuf(reader, body.length, service, visitPiece);
  } else {
    const reader = new JsonByteReader(body, maxFields);
    splitJson(reader, service, visitPiece, content => foreign[content]++);
  }
  return foreign;
}

/** Number of spans between two positions of {@link splitBody}. */
export function countSpans(
  body: Buffer,
  encoding: OtlpEncoding,
  start: number,
  end: number,
): number {
  return encoding === 'protobuf'
    ? countProtobufSpans(
        new ProtobufReader(body, viewOf(body), Infinity),
        start,
        end,
      )
    : countJsonSpans(new JsonByteReader(body, Infinity), start);
}

function viewOf(body: Buffer): DataView {
  return new DataView(body.buffer, body.byteOffset, body.length);
}
