/** More points than this in one series are neither sent nor seen. */
export const MAX_SERIES_POINTS = 2_000;

/**
 * Leaves out points of a long series that holds its value from point to point.
 * Of each of equal spans of time stay the last point, so that the level is right
 * afterwards, and those at which one of the extremes is lowest, so that no dip
 * is lost. All points that stay are real ones; the first and last one do.
 *
 * @param points - Ascending by `at`, in milliseconds since 1970
 * @param extremes - What is looked at; lowest first
 */
export function thinOut<TPoint extends { at: number }>(
  points: readonly TPoint[],
  extremes: ReadonlyArray<(point: TPoint) => number>,
  max: number = MAX_SERIES_POINTS,
): TPoint[] {
  if (points.length <= max) return [...points];
  const first = points[0].at;
  const spans = Math.floor((max - 2) / (extremes.length + 1));
  const spanMs = Math.max(
    1,
    (points[points.length - 1].at + 1 - first) / spans,
  );
  const kept = new Set<TPoint>([points[0]]);
  let span = -1;
  let lowest: TPoint[] = [];
  for (const point of points) {
    const next = Math.floor((point.at - first) / spanMs);
    if (next !== span) {
      lowest.forEach(end => kept.add(end));
      span = next;
      lowest = extremes.map(() => point);
    }
    for (const [i, extreme] of extremes.entries()) {
      if (extreme(point) < extreme(lowest[i])) lowest[i] = point;
    }
    // The last of all, until the next one of the same span comes.
    lowest[extremes.length] = point;
  }
  lowest.forEach(end => kept.add(end));
  return points.filter(point => kept.has(point));
}
