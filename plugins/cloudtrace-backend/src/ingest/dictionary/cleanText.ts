/** Marks a truncated text. */
const ELLIPSIS = '…';

// eslint-disable-next-line no-control-regex -- NUL is what PostgreSQL refuses
const NUL = /\u0000/g;

/**
 * Returns text that PostgreSQL can store and index: without NUL and unpaired
 * surrogates, and at most `maxBytes` of UTF-8. Truncated text ends with `…`.
 */
export function cleanText(text: string, maxBytes: number): string {
  const wellFormed = Buffer.from(text.replace(NUL, ''), 'utf8');
  if (wellFormed.length <= maxBytes) {
    return wellFormed.toString('utf8');
  }
  let end = maxBytes - Buffer.byteLength(ELLIPSIS);
  // Not inside a character: continuation bytes are 10xxxxxx.
  while (end > 0 && (wellFormed[end] & 0xc0) === 0x80) {
    end--;
  }
  return wellFormed.toString('utf8', 0, end) + ELLIPSIS;
}
