import { MalformedBodyError } from '../errors';
import type { ForeignContent } from '../types';
import { createKeyFinder } from './attributes';
import type { JsonByteReader } from './JsonByteReader';
import { readMember, type Finder } from './jsonKeyValue';
import { scanJsonResource } from './scanJsonResource';
import type { ServiceAttributes } from './ServiceAttributes';

const findMember = createKeyFinder([
  'resourceSpans',
  'resourceMetrics',
  'resourceLogs',
]);
const findResourceSpansMember = createKeyFinder(['resource', 'scopeSpans']);
const findScopeSpansMember = createKeyFinder(['spans']);

/**
 * Visits each ResourceSpans of an ExportTraceServiceRequest in JSON with its
 * position. Checks the grammar of the whole body.
 *
 * @throws MalformedBodyError with the position; BodyTooLargeError
 */
export function splitJson(
  reader: JsonByteReader,
  service: ServiceAttributes,
  visit: (start: number, end: number) => void,
  noteForeign: (content: ForeignContent) => void,
): void {
  if (reader.peek() !== 0x7b) {
    throw reader.malformed('expected an object');
  }
  if (reader.enterObject()) {
    do {
      const member = readMember(reader, findMember);
      if (member === 1) {
        splitArray(reader, service, visit);
      } else {
        if (member > 0) noteForeign(member === 2 ? 'metrics' : 'logs');
        reader.skipValue();
      }
    } while (reader.nextMember());
  }
  if (!Number.isNaN(reader.peek())) {
    throw reader.malformed('expected the end of the body');
  }
}

function splitArray(
  reader: JsonByteReader,
  service: ServiceAttributes,
  visit: (start: number, end: number) => void,
): void {
  if (!reader.enterArray()) return;
  do {
    reader.peek();
    const start = reader.position;
    service.clear();
    if (reader.enterObject()) {
      do {
        if (readMember(reader, findResourceSpansMember) === 1) {
          scanJsonResource(reader, service);
        } else {
          reader.skipValue();
        }
      } while (reader.nextMember());
    }
    visit(start, reader.position);
  } while (reader.nextElement());
}

/**
 * Number of spans of the ResourceSpans at a position; of a malformed one, those
 * before the fault.
 */
export function countJsonSpans(reader: JsonByteReader, start: number): number {
  let spans = 0;
  const each = (find: Finder, member: number, visit: () => void) => {
    if (!reader.enterObject()) return;
    do {
      if (readMember(reader, find) !== member) {
        reader.skipValue();
      } else if (reader.enterArray()) {
        do {
          visit();
        } while (reader.nextElement());
      }
    } while (reader.nextMember());
  };
  reader.position = start;
  try {
    each(findResourceSpansMember, 2, () =>
      each(findScopeSpansMember, 1, () => {
        spans++;
        reader.skipValue();
      }),
    );
  } catch (error) {
    if (!(error instanceof MalformedBodyError)) throw error;
  }
  return spans;
}
