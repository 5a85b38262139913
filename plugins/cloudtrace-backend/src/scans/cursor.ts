import { decodeCursor } from '../http/cursor';

/**
 * Decodes the position in a cursor: a value of the sort column, and an id.
 *
 * @param pattern - Format of the value: a cursor of another order is rejected
 * @throws `InputError` for a cursor that the API did not issue
 */
export function decodePosition(
  cursor: string | undefined,
  pattern: RegExp,
): { value: string; id: string } | undefined {
  if (cursor === undefined) return undefined;
  return decodeCursor(cursor, (value, id) =>
    pattern.test(value) && UUID.test(id) ? { value, id } : undefined,
  );
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
