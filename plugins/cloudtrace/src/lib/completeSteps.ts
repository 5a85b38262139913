/**
 * Drops the unfinished step, which would look like a sudden drop of load in a
 * chart. Keeps it while there is little else to show. The end of a response is
 * rounded up to whole steps, so it can be later than `nowMs`.
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
