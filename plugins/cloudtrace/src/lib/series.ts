import { MAX_SERIES } from './palette';

/** Values of one group on a shared time axis; `null` means no data. */
export interface ChartSeries {
  key: string;
  label: string;
  values: Array<number | null>;
}

/** Groups beyond the first {@link MAX_SERIES}, summed up. */
export interface OtherSeries {
  values: number[];
  labels: string[];
}

/** A time axis and the series on it. */
export interface TimeSeries {
  timesMs: number[];
  series: ChartSeries[];
  other?: OtherSeries;
}

/**
 * Aligns groups that list only steps with data on one axis. The largest groups
 * keep their own series; the rest is summed up, because nobody can distinguish
 * thirty colours.
 */
export function alignGroups<TPoint extends { t: string }>(options: {
  groups: Array<{ key: string; label: string; series: TPoint[] }>;
  /** Every step of the range, in order. */
  steps: string[];
  value: (point: TPoint) => number | undefined;
  /** What a step without a point means: zero, or unknown. */
  missing: 0 | null;
  limit?: number;
}): TimeSeries {
  const { groups, steps, value, missing, limit = MAX_SERIES } = options;
  const index = new Map(steps.map((step, i) => [Date.parse(step), i]));
  const rows = groups.map(group => {
    const values: Array<number | null> = steps.map(() => missing);
    let sum = 0;
    for (const point of group.series) {
      const at = index.get(Date.parse(point.t));
      const found = value(point);
      if (at !== undefined && found !== undefined) {
        values[at] = found;
        sum += found;
      }
    }
    return { key: group.key, label: group.label, values, sum };
  });
  const ranked = [...rows].sort(
    (a, b) => b.sum - a.sum || a.key.localeCompare(b.key),
  );
  // One slot is reserved for "other".
  const shown = ranked.length > limit ? ranked.slice(0, limit - 1) : ranked;
  const hidden = ranked.slice(shown.length);
  return {
    timesMs: [...index.keys()],
    // By name, so that a stack keeps its order after a refresh.
    series: shown
      .sort((a, b) => a.key.localeCompare(b.key))
      .map(({ key, label, values }) => ({ key, label, values })),
    other: hidden.length
      ? {
          values: steps.map((_, i) =>
            hidden.reduce((sum, row) => sum + (row.values[i] ?? 0), 0),
          ),
          labels: hidden.map(row => row.label),
        }
      : undefined,
  };
}
