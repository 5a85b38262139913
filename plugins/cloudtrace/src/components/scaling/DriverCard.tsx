import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import type {
  MetricSeries,
  MissingMetric,
} from '@cloudtrace/plugin-cloudtrace-common';
import { useCallback } from 'react';
import { formatDuration } from '../../lib/format';
import { formatUnit } from '../../lib/formatUnit';
import { accentColor } from '../../lib/palette';
import { useSaid } from '../../state/useJudgementText';
import { useStatistic } from '../../state/useProviderWords';
import { useText } from '../../state/useText';
import { ChartCard } from '../charts/ChartCard';
import { TimeSeriesChart } from '../charts/TimeSeriesChart';
import { TimeSeriesTable } from '../charts/TimeSeriesTable';

/** A metric of a resource with its thresholds, aligned with the other charts. */
export function DriverCard(props: {
  metric: MetricSeries;
  /** Shown below the title, e.g. the resource. */
  subtitle?: string;
  domain: { fromMs: number; toMs: number };
  /** Why it has no value now. */
  missing?: MissingMetric;
}) {
  const { metric, subtitle, domain, missing } = props;
  const t = useText();
  const said = useSaid();
  const statisticOf = useStatistic();
  const label = said(metric, 'label');
  const { mode } = useTheme().palette;
  const timesOf = metric.points.map(point => Date.parse(point.t));
  // A sum that still grows must not look like a drop.
  const { perStepMs } = metric;
  const unfinishedFromMs =
    perStepMs && timesOf.find(ms => ms + perStepMs > Date.now());
  const timesMs = timesOf.filter(ms => ms < (unfinishedFromMs ?? Infinity));
  const { unit } = metric;
  const format = useCallback(
    (value: number | undefined) => formatUnit(value, unit),
    [unit],
  );
  const series = [
    {
      key: metric.seriesId,
      label,
      color: accentColor('violet', mode),
      values: timesMs.map((_, i) => metric.points[i].value ?? null),
    },
  ];
  const words = { label, statistic: statisticOf(metric.statistic) };
  const title =
    metric.perStepMs === undefined
      ? t('scaling.driver', words)
      : t('scaling.driverPerStep', {
          ...words,
          step: formatDuration(metric.perStepMs),
        });
  return (
    <ChartCard
      id={`metric-${metric.resourceName}-${metric.seriesId}`}
      title={title}
      subtitle={
        <>
          {subtitle}
          {missing && (
            <Box component="span" sx={{ display: 'block' }}>
              {t('metrics.noValueNow', { reason: said(missing, 'reason') })}
            </Box>
          )}
        </>
      }
      chart={
        <TimeSeriesChart
          title={title}
          domain={domain}
          timesMs={timesMs}
          series={series}
          format={format}
          thresholds={metric.thresholds?.map(threshold => ({
            value: threshold.value,
            label: said(threshold, 'label'),
          }))}
          height={160}
          unfinishedFromMs={unfinishedFromMs}
          hideLegend
        />
      }
      table={
        <TimeSeriesTable
          title={title}
          timesMs={timesMs}
          series={series}
          format={format}
        />
      }
    />
  );
}
