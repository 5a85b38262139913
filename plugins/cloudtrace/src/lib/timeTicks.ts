import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { TimeZoneMode } from './format';
import type { ResolvedRange } from './timeRange';

const SECOND_MS = 1_000;

/** Round steps between ticks. */
const STEPS_MS = [
  ...[1, 5, 10, 15, 30].map(count => count * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map(count => count * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map(count => count * HOUR_MS),
  ...[1, 2, 5, 10, 30, 90, 365].map(count => count * DAY_MS),
];

function offsetMs(ms: number, mode: TimeZoneMode): number {
  return mode === 'utc' ? 0 : new Date(ms).getTimezoneOffset() * MINUTE_MS;
}

/**
 * Returns the times to mark on an axis: whole minutes, hours or days in the
 * viewer's time zone, at most `most`. All axes on a page mark the same times.
 */
export function timeTicks(
  domain: ResolvedRange,
  mode: TimeZoneMode,
  most: number,
): number[] {
  const { fromMs, toMs } = domain;
  const stepMs =
    STEPS_MS.find(step => (toMs - fromMs) / step <= most) ??
    STEPS_MS[STEPS_MS.length - 1];
  const ticks: number[] = [];
  const start = fromMs - offsetMs(fromMs, mode);
  for (
    let local = Math.ceil(start / stepMs) * stepMs;
    local <= toMs - offsetMs(toMs, mode);
    local += stepMs
  ) {
    ticks.push(local + offsetMs(local, mode));
  }
  return ticks.filter(ms => ms >= fromMs && ms <= toMs);
}
