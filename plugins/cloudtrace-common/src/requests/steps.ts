const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Widths of a point that read well on an axis. */
const ladder = [
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  7 * day,
  28 * day,
];

/** Most points that a range is cut into by {@link autoStepMs}. @public */
export const MAX_AUTO_POINTS = 120;

/** The smallest readable step that cuts the range into at most {@link MAX_AUTO_POINTS} points. @public */
export function autoStepMs(rangeMs: number): number {
  return (
    ladder.find(step => rangeMs / step <= MAX_AUTO_POINTS) ??
    Math.ceil(rangeMs / MAX_AUTO_POINTS / day) * day
  );
}

/** Milliseconds of a step such as `5m`, `2h` or `1d`; `undefined` if it is none. @public */
export function parseStepMs(step: string): number | undefined {
  const match = /^([1-9][0-9]{0,3})([mhd])$/.exec(step);
  if (!match) return undefined;
  const unit = { m: minute, h: hour, d: day }[match[2] as 'm' | 'h' | 'd'];
  return Number(match[1]) * unit;
}
