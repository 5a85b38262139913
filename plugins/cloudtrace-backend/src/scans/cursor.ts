import { InputError } from '@backstage/errors';

/** A position in a list as the opaque text that callers get. */
export function encodePosition(value: string, id: string): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url');
}

/**
 * The position that a cursor stands for.
 *
 * @param pattern - What its value looks like: another order's cursor is refused
 * @throws `InputError` if the cursor was not given out
 */
export function decodePosition(
  cursor: string | undefined,
  pattern: RegExp,
): { value: string; id: string } | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [value, id] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    );
    if (
      typeof value === 'string' &&
      pattern.test(value) &&
      !value.includes('\u0000') &&
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
    ) {
      return { value, id };
    }
  } catch {
    // Answered below.
  }
  throw new InputError(
    `The query parameter 'cursor' is not one of an earlier answer; start again without it`,
  );
}
