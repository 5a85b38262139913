/** A value of a sparkline with its time; `null` is unknown. */
export interface SparkValue {
  atMs: number;
  value: number | null;
}

/** Converts the points of a response to values of a sparkline. */
export function sparkPoints(
  points: ReadonlyArray<{ t: string; value?: number }>,
): SparkValue[] {
  return points.map(({ t, value }) => ({
    atMs: Date.parse(t),
    value: value ?? null,
  }));
}

/** Returns the step width of a series: the smallest distance between two points. */
export function stepOf(points: readonly SparkValue[]): number | undefined {
  const gaps = points
    .slice(1)
    .map((point, i) => point.atMs - points[i].atMs)
    .filter(gap => gap > 0);
  return gaps.length ? Math.min(...gaps) : undefined;
}
