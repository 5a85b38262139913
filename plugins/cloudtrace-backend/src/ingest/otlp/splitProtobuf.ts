import { MalformedBodyError } from '../errors';
import type { ProtobufReader } from './ProtobufReader';
import { scanResource } from './scanProtobufResource';
import type { ServiceAttributes } from './ServiceAttributes';

const MESSAGE = { resourceSpans: 10 };
const RESOURCE_SPANS = { resource: 10, scopeSpans: 18 };
const SCOPE_SPANS = { spans: 18 };

/**
 * Visits each ResourceSpans of an ExportTraceServiceRequest with its position
 * (including the tag). Reads only the resources; spans are skipped by their
 * length. Concatenated, the pieces are valid requests again.
 *
 * @throws MalformedBodyError with the position; BodyTooLargeError
 */
export function splitProtobuf(
  reader: ProtobufReader,
  length: number,
  service: ServiceAttributes,
  visit: (start: number, end: number) => void,
): void {
  while (reader.position < length) {
    const start = reader.position;
    const tag = reader.readTag();
    if (tag !== MESSAGE.resourceSpans) {
      reader.skip(tag, length);
      continue;
    }
    const end = reader.readEnd(length);
    service.clear();
    while (reader.position < end) {
      const field = reader.readTag();
      if (field === RESOURCE_SPANS.resource) {
        scanResource(reader, reader.readEnd(end), service);
      } else {
        reader.skip(field, end);
      }
    }
    reader.expectEnd(end);
    visit(start, end);
  }
  reader.expectEnd(length);
}

/**
 * Number of spans of the ResourceSpans between two positions; of a malformed
 * one, those before the fault.
 */
export function countProtobufSpans(
  reader: ProtobufReader,
  start: number,
  end: number,
): number {
  let spans = 0;
  const within = (limit: number, tag: number, visit: (end: number) => void) => {
    while (reader.position < limit) {
      const field = reader.readTag();
      if (field === tag) visit(reader.readEnd(limit));
      else reader.skip(field, limit);
    }
  };
  reader.position = start;
  try {
    within(end, MESSAGE.resourceSpans, resourceEnd =>
      within(resourceEnd, RESOURCE_SPANS.scopeSpans, scopeEnd =>
        within(scopeEnd, SCOPE_SPANS.spans, spanEnd => {
          spans++;
          reader.position = spanEnd;
        }),
      ),
    );
  } catch (error) {
    if (!(error instanceof MalformedBodyError)) throw error;
  }
  return spans;
}
