/**
 * Returns every step of a response up to its last point, in order, including
 * those before its first point, so that columns line up with charts of the
 * whole range.
 */
export function rangeSteps(answer: {
  from: string;
  stepMs: number;
  series: Array<{ t: string }>;
}): string[] {
  const { from, stepMs, series } = answer;
  const firstMs = series.length > 0 ? Date.parse(series[0].t) : 0;
  const steps: string[] = [];
  for (let ms = Date.parse(from); ms < firstMs; ms += stepMs) {
    steps.push(new Date(ms).toISOString());
  }
  return [...steps, ...series.map(point => point.t)];
}
