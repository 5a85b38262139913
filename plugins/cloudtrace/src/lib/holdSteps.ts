/** Values of a chart's series on its axis of times. */
interface Held<TSeries> {
  timesMs: number[];
  series: TSeries[];
}

/**
 * Adds a point right before each gap: a step holds until the next point, and
 * without it the line would end at the last change before the gap.
 */
export function holdSteps<
  TSeries extends { values: Array<number | null>; step?: boolean },
>(timesMs: number[], series: TSeries[]): Held<TSeries> {
  const held = series.filter(item => item.step);
  const begins = timesMs.map(
    (ms, i) =>
      i > 0 &&
      ms - 1 > timesMs[i - 1] &&
      held.some(
        ({ values }) => values[i] === null && typeof values[i - 1] === 'number',
      ),
  );
  if (!begins.includes(true)) return { timesMs, series };
  return {
    timesMs: timesMs.flatMap((ms, i) => (begins[i] ? [ms - 1, ms] : [ms])),
    series: series.map(item => ({
      ...item,
      values: item.values.flatMap((value, i) =>
        begins[i] ? [item.step ? item.values[i - 1] : null, value] : [value],
      ),
    })),
  };
}
