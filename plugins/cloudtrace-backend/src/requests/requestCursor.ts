import { decodeCursor, encodeCursor } from '../http/cursor';
import type { RequestPosition } from './database/listRequests';

/** Encodes a position as an opaque cursor. */
export function encodeRequestCursor(position: RequestPosition): string {
  return encodeCursor([position.startedAt, position.spanId]);
}

/**
 * Decodes the position in a cursor.
 *
 * @throws `InputError` if the cursor is invalid
 */
export function decodeRequestCursor(cursor: string): RequestPosition {
  return decodeCursor(cursor, (startedAt, spanId) =>
    isMicroseconds(startedAt) && isInt64(spanId)
      ? { startedAt, spanId }
      : undefined,
  );
}

function isMicroseconds(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(text) &&
    !Number.isNaN(Date.parse(text))
  );
}

function isInt64(text: string): boolean {
  if (!/^-?\d{1,19}$/.test(text)) return false;
  const value = BigInt(text);
  return BigInt.asIntN(64, value) === value;
}
