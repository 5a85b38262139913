/** Ranges that end now, by their name in the URL. @public */
export const RANGE_PRESETS_MS = {
  '15m': 15 * 60_000,
  '1h': 60 * 60_000,
  '6h': 6 * 60 * 60_000,
  '24h': 24 * 60 * 60_000,
  '7d': 7 * 24 * 60 * 60_000,
  '30d': 30 * 24 * 60 * 60_000,
} as const;

/** Name of a range that ends now. @public */
export type RangePreset = keyof typeof RANGE_PRESETS_MS;

/** A sliding window or two fixed times. @public */
export type TimeRange =
  | { kind: 'relative'; preset: RangePreset }
  | { kind: 'absolute'; fromMs: number; toMs: number };

const SEPARATOR = '~';

function isPreset(value: string): value is RangePreset {
  return Object.hasOwn(RANGE_PRESETS_MS, value);
}

/**
 * Reads a range from its URL form, `1h` or `<ISO time>~<ISO time>`;
 * `undefined` for anything else.
 *
 * @public
 */
export function parseRange(value: string | null): TimeRange | undefined {
  if (!value) return undefined;
  if (isPreset(value)) return { kind: 'relative', preset: value };
  const [from, to, ...rest] = value.split(SEPARATOR);
  const fromMs = Date.parse(from);
  const toMs = Date.parse(to ?? '');
  return rest.length === 0 && fromMs < toMs
    ? { kind: 'absolute', fromMs, toMs }
    : undefined;
}

/** The URL form of a range; the inverse of {@link parseRange}. @public */
export function formatRange(range: TimeRange): string {
  if (range.kind === 'relative') return range.preset;
  return [range.fromMs, range.toMs]
    .map(ms => new Date(ms).toISOString().replace('.000Z', 'Z'))
    .join(SEPARATOR);
}
