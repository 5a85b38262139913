import { useMemo } from 'react';

/** A series with its colour. */
export interface PlottedSeries {
  key: string;
  label: string;
  color: string;
  values: Array<number | null>;
  /** Dash pattern of its line; a stacked area is hatched instead. */
  dash?: string;
  /** Shown on hover over the legend, e.g. the names included in "other". */
  legendTitle?: string;
  /** Draws steps instead of slopes, for capacities and other counts. */
  step?: boolean;
  /** Fills the area even if the chart is not stacked. */
  area?: boolean;
}

/** Whether a value has no neighbour, or the chart has hardly any values. */
function isAlone(values: PlottedSeries['values'], index: number): boolean {
  const known = (i: number) => typeof values[i] === 'number';
  return (
    known(index) &&
    ((!known(index - 1) && !known(index + 1)) ||
      values.filter(value => value !== null).length <= 2)
  );
}

/** The series in the form that the chart library expects. */
export function usePlottedSeries(
  series: PlottedSeries[],
  options: {
    stacked?: boolean;
    format: (value: number | undefined) => string;
  },
) {
  const { stacked, format } = options;
  return useMemo(
    () =>
      series.map(item => ({
        id: item.key,
        label: item.label,
        color: item.color,
        data: item.values,
        area: stacked || item.area,
        stack: stacked ? 'all' : undefined,
        // A point without neighbours has no line to show it.
        showMark: ({ index }: { index: number }) => isAlone(item.values, index),
        curve: item.step ? ('stepAfter' as const) : ('linear' as const),
        valueFormatter: (value: number | null) => format(value ?? undefined),
      })),
    [series, stacked, format],
  );
}
