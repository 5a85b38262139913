/** Maximum length of stored text from external systems. */
const MAX_TEXT_LENGTH = 8_192;

/**
 * Makes an external value storable in PostgreSQL: removes U+0000 and unpaired
 * surrogates, truncates long texts, and drops impossible numbers.
 */
export function toStorable<T>(value: T): T {
  return clean(value, 0) as T;
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') {
    const text =
      value.length > MAX_TEXT_LENGTH
        ? `${value.slice(0, MAX_TEXT_LENGTH - 1)}…`
        : value;
    return toWellFormed(text.replaceAll('\u0000', ''));
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : undefined;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value;
  if (depth > 32) return undefined;
  if (Array.isArray(value)) {
    return value.map(item => clean(item, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      toWellFormed(key.replaceAll('\u0000', '')),
      clean(part, depth + 1),
    ]),
  );
}

/** `String.prototype.toWellFormed`, which the compiler's library does not contain yet. */
function toWellFormed(text: string): string {
  return text.replace(
    /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
    '\uFFFD',
  );
}
