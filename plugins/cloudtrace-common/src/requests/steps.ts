import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time';

/** Widths of a point that are easy to read on an axis. */
const ladder = [
  MINUTE_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  10 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  7 * DAY_MS,
  28 * DAY_MS,
];

/** Most points that {@link autoStepMs} cuts a range into. @public */
export const MAX_AUTO_POINTS = 120;

/**
 * The smallest readable step that cuts the range into at most
 * {@link MAX_AUTO_POINTS} points. @public
 */
export function autoStepMs(rangeMs: number): number {
  return (
    ladder.find(step => rangeMs / step <= MAX_AUTO_POINTS) ??
    Math.ceil(rangeMs / MAX_AUTO_POINTS / DAY_MS) * DAY_MS
  );
}

/** Milliseconds of a step such as `5m`, `2h` or `1d`; `undefined` if invalid. @public */
export function parseStepMs(step: string): number | undefined {
  const match = /^([1-9][0-9]{0,3})([mhd])$/.exec(step);
  if (!match) return undefined;
  const unit = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS }[
    match[2] as 'm' | 'h' | 'd'
  ];
  return Number(match[1]) * unit;
}
