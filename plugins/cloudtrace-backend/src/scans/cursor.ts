import { decodeCursor } from '../http/cursor';

/**
 * The position that a cursor stands for: a value of the order, and an id.
 *
 * @param pattern - What its value looks like: another order's cursor is refused
 * @throws `InputError` if the cursor was not given out
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
