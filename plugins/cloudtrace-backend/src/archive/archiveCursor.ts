import type {
  ArchivedRequest,
  ArchivePosition,
} from '@cloudtrace/plugin-cloudtrace-node';
import {
  spanIdFromHex,
  spanIdToHex,
} from '../requests/database/storedRequests';
import {
  decodeRequestCursor,
  encodeRequestCursor,
} from '../requests/requestCursor';

/** The cursor after an archived request, in the same form as for the database. */
export function toCursor({ startedAtUs, spanId }: ArchivedRequest): string {
  const ms = Math.floor(startedAtUs / 1000);
  const micros = String(startedAtUs - ms * 1000).padStart(3, '0');
  return encodeRequestCursor({
    startedAt: `${new Date(ms).toISOString().slice(0, -1)}${micros}Z`,
    spanId: spanIdFromHex(spanId),
  });
}

/**
 * The position in a cursor.
 *
 * @throws `InputError` if the cursor is invalid
 */
export function fromCursor(cursor: string): ArchivePosition {
  const { startedAt, spanId } = decodeRequestCursor(cursor);
  return {
    startedAtUs: Date.parse(startedAt) * 1000 + Number(startedAt.slice(-4, -1)),
    spanId: spanIdToHex(spanId),
  };
}

/** The position of a request. */
export function positionOf({
  startedAtUs,
  spanId,
}: ArchivedRequest): ArchivePosition {
  return { startedAtUs, spanId };
}
