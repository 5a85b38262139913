import { InputError } from '@backstage/errors';

/** A position in a list, as the opaque string that callers get. */
export function encodeCursor(position: readonly string[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * Decodes the position in a cursor.
 *
 * @param read - Parses the parts of the position; returns undefined if they are
 * not a position in this list
 * @throws `InputError` for a cursor that the API did not issue
 */
export function decodeCursor<T>(
  cursor: string,
  read: (...position: string[]) => T | undefined,
): T {
  const texts = readTexts(cursor);
  const position = texts && read(...texts);
  if (position === undefined) throw unknownCursor();
  return position;
}

/** The error for a cursor that the API did not issue. */
export function unknownCursor(): InputError {
  return new InputError(
    `The query parameter 'cursor' is invalid; start again without it`,
  );
}

function readTexts(cursor: string): string[] | undefined {
  try {
    const texts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    // PostgreSQL cannot compare with text that contains U+0000.
    const valid = (text: unknown) =>
      typeof text === 'string' && !text.includes('\u0000');
    return Array.isArray(texts) && texts.length === 2 && texts.every(valid)
      ? texts
      : undefined;
  } catch {
    return undefined;
  }
}
