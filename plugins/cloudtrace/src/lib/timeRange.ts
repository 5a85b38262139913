/** Ranges that end now, by the name they have in the URL. */
export const RANGE_PRESETS_MS = {
  '15m': 15 * 60_000,
  '1h': 60 * 60_000,
  '6h': 6 * 60 * 60_000,
  '24h': 24 * 60 * 60_000,
  '7d': 7 * 24 * 60 * 60_000,
  '30d': 30 * 24 * 60 * 60_000,
} as const;

/** Name of a range that ends now. */
export type RangePreset = keyof typeof RANGE_PRESETS_MS;

/** What the viewer chose: a moving window or two fixed times. */
export type TimeRange =
  | { kind: 'relative'; preset: RangePreset }
  | { kind: 'absolute'; fromMs: number; toMs: number };

/** Two instants in milliseconds since the epoch, `fromMs < toMs`. */
export interface ResolvedRange {
  fromMs: number;
  toMs: number;
}

export const DEFAULT_RANGE: TimeRange = { kind: 'relative', preset: '1h' };

/** A zoom below this width would show less than one bucket of a rollup. */
export const MIN_RANGE_MS = 60_000;

const SEPARATOR = '~';

function isPreset(value: string): value is RangePreset {
  return Object.hasOwn(RANGE_PRESETS_MS, value);
}

/**
 * Reads a range from its URL form, `1h` or `<ISO time>~<ISO time>`. Anything
 * else yields `undefined`, so that a mistyped URL shows the default.
 */
export function parseRange(value: string | null): TimeRange | undefined {
  if (!value) {
    return undefined;
  }
  if (isPreset(value)) {
    return { kind: 'relative', preset: value };
  }
  const [from, to, ...rest] = value.split(SEPARATOR);
  const fromMs = Date.parse(from);
  const toMs = Date.parse(to ?? '');
  if (rest.length || !(fromMs < toMs)) {
    return undefined;
  }
  return { kind: 'absolute', fromMs, toMs };
}

/** The URL form of a range; the inverse of {@link parseRange}. */
export function formatRange(range: TimeRange): string {
  if (range.kind === 'relative') {
    return range.preset;
  }
  return [range.fromMs, range.toMs]
    .map(ms => new Date(ms).toISOString().replace('.000Z', 'Z'))
    .join(SEPARATOR);
}

/** The instants that a range covers when looked at `nowMs`. */
export function resolveRange(range: TimeRange, nowMs: number): ResolvedRange {
  if (range.kind === 'absolute') {
    return { fromMs: range.fromMs, toMs: range.toMs };
  }
  return { fromMs: nowMs - RANGE_PRESETS_MS[range.preset], toMs: nowMs };
}

/** Whether a range is over, so that nothing in it changes any more. */
export function isPast(range: TimeRange, nowMs: number): boolean {
  return range.kind === 'absolute' && range.toMs <= nowMs;
}

/** Width of a range in milliseconds. */
export function rangeDurationMs(range: TimeRange): number {
  return range.kind === 'relative'
    ? RANGE_PRESETS_MS[range.preset]
    : range.toMs - range.fromMs;
}

/**
 * The range that a drag from one instant to another asks for: ordered, whole
 * seconds, and never narrower than {@link MIN_RANGE_MS}.
 */
export function zoomRange(aMs: number, bMs: number): TimeRange {
  const start = Math.floor(Math.min(aMs, bMs) / 1000) * 1000;
  const end = Math.ceil(Math.max(aMs, bMs) / 1000) * 1000;
  const missing = Math.max(0, MIN_RANGE_MS - (end - start));
  return {
    kind: 'absolute',
    fromMs: start - Math.floor(missing / 2000) * 1000,
    toMs: end + Math.ceil(missing / 2000) * 1000,
  };
}

/**
 * How often a live view asks again. A short range must show a request within
 * five seconds; in a month a new point is not visible for minutes.
 */
export function refreshIntervalMs(range: TimeRange): number {
  const durationMs = rangeDurationMs(range);
  if (durationMs <= RANGE_PRESETS_MS['1h']) {
    return 4_000;
  }
  return durationMs <= RANGE_PRESETS_MS['24h'] ? 15_000 : 60_000;
}
