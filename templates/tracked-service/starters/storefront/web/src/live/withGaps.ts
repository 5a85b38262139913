interface Point {
  readonly atMs: number;
  readonly value: number | null;
}

/** Interrupts the line where an instance sent nothing for long: what happened there is unknown. */
export function withGaps(points: readonly Point[], longestMs: number): Point[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    const silent = before && point.atMs - before.atMs > longestMs;
    return silent ? [{ atMs: before.atMs + 1, value: null }, point] : [point];
  });
}
