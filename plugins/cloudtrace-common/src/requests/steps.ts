const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Widths of a point that read well on an axis. */
const ladder = [
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  7 * DAY,
  28 * DAY,
];

/** Most points that a range is cut into by {@link autoStepMs}. @public */
export const MAX_AUTO_POINTS = 120;

/** The smallest readable step that cuts the range into at most {@link MAX_AUTO_POINTS} points. @public */
export function autoStepMs(rangeMs: number): number {
  return (
    ladder.find(step => rangeMs / step <= MAX_AUTO_POINTS) ??
    Math.ceil(rangeMs / MAX_AUTO_POINTS / DAY) * DAY
  );
}

/** Milliseconds of a step such as `5m`, `2h` or `1d`; `undefined` if it is none. @public */
export function parseStepMs(step: string): number | undefined {
  const match = /^([1-9][0-9]{0,3})([mhd])$/.exec(step);
  if (!match) return undefined;
  const unit = { m: MINUTE, h: HOUR, d: DAY }[match[2] as 'm' | 'h' | 'd'];
  return Number(match[1]) * unit;
}
