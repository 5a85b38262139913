import {
  RANGE_PRESETS_MS,
  type TimeRange,
} from '@cloudtrace/plugin-cloudtrace-common';

export {
  formatRange,
  parseRange,
  RANGE_PRESETS_MS,
  type RangePreset,
  type TimeRange,
} from '@cloudtrace/plugin-cloudtrace-common';

/** Two times in milliseconds since the epoch, `fromMs < toMs`. */
export interface ResolvedRange {
  fromMs: number;
  toMs: number;
}

export const DEFAULT_RANGE: TimeRange = { kind: 'relative', preset: '1h' };

/** A zoom below this width would show less than one bucket of a rollup. */
export const MIN_RANGE_MS = 60_000;

/** Returns the times that a range covers at `nowMs`. */
export function resolveRange(range: TimeRange, nowMs: number): ResolvedRange {
  if (range.kind === 'absolute') {
    return { fromMs: range.fromMs, toMs: range.toMs };
  }
  return { fromMs: nowMs - RANGE_PRESETS_MS[range.preset], toMs: nowMs };
}

/** Whether a range has ended, so that its data no longer changes. */
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
 * Returns the range of a drag from one time to another: ordered, in whole
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

/** How often a live view is refreshed. */
export interface Pace {
  /** Minimum time between two reads, however often data changes. */
  minGapMs: number;
  /** Time after which data is read again even without a signal. */
  maxGapMs: number;
}

/**
 * Returns the refresh interval of a range. A short range must show a request
 * within five seconds; in a month, a new point is not visible for minutes.
 */
export function paceOf(range: TimeRange): Pace {
  const durationMs = rangeDurationMs(range);
  if (durationMs <= RANGE_PRESETS_MS['1h']) {
    return { minGapMs: 4_000, maxGapMs: 12_000 };
  }
  return durationMs <= RANGE_PRESETS_MS['24h']
    ? { minGapMs: 15_000, maxGapMs: 30_000 }
    : { minGapMs: 60_000, maxGapMs: 60_000 };
}
