import { InputError } from '@backstage/errors';
import type { RequestPosition } from './database/listRequests';

/** A position as the opaque text that callers get. */
export function encodeCursor({ startedAt, spanId }: RequestPosition): string {
  return Buffer.from(`${startedAt} ${spanId}`).toString('base64url');
}

/**
 * The position that a cursor stands for.
 *
 * @throws InputError if it is none
 */
export function decodeCursor(cursor: string): RequestPosition {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) (-?\d{1,19})$/.exec(
    Buffer.from(cursor, 'base64url').toString('latin1'),
  );
  const spanId = BigInt(match?.[2] ?? 0);
  if (
    !match ||
    Number.isNaN(Date.parse(match[1])) ||
    BigInt.asIntN(64, spanId) !== spanId
  ) {
    throw new InputError(
      `The query parameter 'cursor' is not one of an earlier answer; start again without it`,
    );
  }
  return { startedAt: match[1], spanId: match[2] };
}
