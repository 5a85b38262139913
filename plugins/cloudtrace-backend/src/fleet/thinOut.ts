/** A chart cannot show more points than this in one series. */
export const MAX_SERIES_POINTS = 2_000;

/**
 * Removes points from a long step series. It divides the time into equal spans.
 * From each span it keeps the last point, so that the following level is right,
 * and the points at which an extreme is lowest, so that no dip is lost. It
 * keeps the first and the last point and adds none.
 *
 * @param points - Ascending by `at`, in milliseconds since 1970
 * @param extremes - Values whose minimum is kept
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
    // The last point of the span so far.
    lowest[extremes.length] = point;
  }
  lowest.forEach(end => kept.add(end));
  return points.filter(point => kept.has(point));
}
