import type { LoadDistribution } from '@cloudtrace/plugin-cloudtrace-common';
import { completeSteps } from '../../lib/completeSteps';
import { alignGroups } from '../../lib/series';
import type { SeriesLooks } from '../../state/useSeriesLooks';
import type { PlottedSeries } from '../charts/usePlottedSeries';

const OTHER_KEY = 'cloudtrace-other';

/** Places requests or errors of each group on the steps of the response, with colours. */
export function plotGroups(options: {
  data: LoadDistribution;
  figure: 'requests' | 'errors';
  lookOf: SeriesLooks['lookOf'];
  otherColor: string;
  otherLabel: (count: number) => string;
}): { timesMs: number[]; series: PlottedSeries[] } {
  const { data, figure, lookOf, otherColor, otherLabel } = options;
  const groups =
    figure === 'errors'
      ? data.groups.filter(group => group.errors > 0)
      : data.groups;
  const all = completeSteps(data.series, data.stepMs, data.to);
  const steps = all.map(point => point.t);
  const aligned = alignGroups({
    groups,
    steps,
    value: point => point[figure],
    missing: 0,
  });
  const series: PlottedSeries[] = aligned.series.map(item => ({
    ...item,
    ...lookOf(item.key),
  }));
  // Groups beyond the limit of the response are known only through the total.
  const total = all.map(point => point[figure]);
  const listed = data.groups.reduce<number[]>(
    (sums, group) => {
      for (const point of group.series) {
        const at = steps.indexOf(point.t);
        if (at >= 0) {
          sums[at] += point[figure];
        }
      }
      return sums;
    },
    steps.map(() => 0),
  );
  const hidden =
    (aligned.other?.labels.length ?? 0) + (data.otherGroups?.groups ?? 0);
  if (hidden > 0) {
    series.push({
      key: OTHER_KEY,
      label: otherLabel(hidden),
      legendTitle: aligned.other?.labels.join(', '),
      color: otherColor,
      values: steps.map(
        (_, i) =>
          (aligned.other?.values[i] ?? 0) +
          (data.otherGroups ? Math.max(0, total[i] - listed[i]) : 0),
      ),
    });
  }
  return { timesMs: aligned.timesMs, series };
}
