/**
 * Places values that hold until the next point on an axis of their own times. A
 * field that a point lacks is unknown, not zero.
 */
export function stepValues<TPoint extends { t: string }>(
  points: TPoint[],
  fields: Array<keyof TPoint & string>,
): { timesMs: number[]; values: Record<string, Array<number | null>> } {
  const sorted = [...points].sort((a, b) => Date.parse(a.t) - Date.parse(b.t));
  return {
    timesMs: sorted.map(point => Date.parse(point.t)),
    values: Object.fromEntries(
      fields.map(field => [
        field,
        sorted.map(point => {
          const value = point[field];
          return typeof value === 'number' ? value : null;
        }),
      ]),
    ),
  };
}
