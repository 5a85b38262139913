/**
 * Leaves out the step that is still filling up: in a curve it would look as if
 * the load had just collapsed. Kept while there is little else to show. The end
 * of an answer is rounded up to whole steps and so can lie ahead of `nowMs`.
 */
export function completeSteps<TPoint extends { t: string }>(
  points: TPoint[],
  stepMs: number,
  to: string,
  nowMs = Date.now(),
): TPoint[] {
  const toMs = Math.min(Date.parse(to), nowMs);
  const complete = points.filter(point => Date.parse(point.t) + stepMs <= toMs);
  return complete.length >= 2 ? complete : points;
}
