import { InputError } from '@backstage/errors';

/** A position in a list, as the opaque text that callers get. */
export function encodeCursor(position: readonly string[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * The position that a cursor stands for.
 *
 * @param read - Turns the texts of the position into what the list needs;
 *   undefined if they cannot be a position in this list
 * @throws `InputError` if no answer can have held this cursor
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

/** The answer to a cursor that no earlier answer can have held. */
export function unknownCursor(): InputError {
  return new InputError(
    `The query parameter 'cursor' is invalid; start again without it`,
  );
}

function readTexts(cursor: string): string[] | undefined {
  try {
    const texts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    // PostgreSQL cannot compare with a text that holds U+0000.
    const valid = (text: unknown) =>
      typeof text === 'string' && !text.includes('\u0000');
    return Array.isArray(texts) && texts.length === 2 && texts.every(valid)
      ? texts
      : undefined;
  } catch {
    return undefined;
  }
}
