/**
 * Leaves out the step that is still filling up: in a curve it would look as if
 * the load had just collapsed. Kept while there is little else to show.
 */
export function completeSteps<TPoint extends { t: string }>(
  points: TPoint[],
  stepMs: number,
  to: string,
): TPoint[] {
  const toMs = Date.parse(to);
  const complete = points.filter(point => Date.parse(point.t) + stepMs <= toMs);
  return complete.length >= 2 ? complete : points;
}
