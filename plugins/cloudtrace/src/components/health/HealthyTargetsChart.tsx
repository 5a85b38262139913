import { useTheme } from '@mui/material/styles';
import type { HealthGroup } from '@cloudtrace/plugin-cloudtrace-common';
import { formatExact } from '../../lib/format';
import { stepValues } from '../../lib/steps';
import { useText } from '../../state/useText';
import { ChartCard } from '../charts/ChartCard';
import { TimeSeriesChart } from '../charts/TimeSeriesChart';
import { TimeSeriesTable } from '../charts/TimeSeriesTable';
import { stateStyle } from './stateColors';

/** How many targets of a group were healthy over time, of how many. */
export function HealthyTargetsChart(props: {
  group: HealthGroup;
  domain: { fromMs: number; toMs: number };
}) {
  const { group, domain } = props;
  const t = useText();
  const theme = useTheme();
  const { timesMs, values } = stepValues(group.series, [
    'healthy',
    'total',
    'desired',
  ]);
  const series = [
    {
      key: 'healthy',
      label: t('health.series.healthy'),
      color: stateStyle('healthy', theme).color,
      values: values.healthy,
      step: true,
      area: true,
    },
    {
      key: 'total',
      label: t('health.series.total'),
      color: theme.palette.text.secondary,
      values: values.total,
      step: true,
    },
    ...(values.desired.some(value => value !== null)
      ? [
          {
            key: 'desired',
            label: t('health.series.desired'),
            color: theme.palette.text.primary,
            values: values.desired,
            step: true,
            dash: '6 3',
          },
        ]
      : []),
  ];
  const chartTitle = t('health.overTime');
  return (
    <ChartCard
      id={`healthy-${group.resource.name}`}
      title={chartTitle}
      chart={
        <TimeSeriesChart
          title={chartTitle}
          domain={domain}
          timesMs={timesMs}
          series={series}
          format={formatExact}
          height={180}
          whole
        />
      }
      table={
        <TimeSeriesTable
          title={chartTitle}
          timesMs={timesMs}
          series={series}
          format={formatExact}
        />
      }
    />
  );
}
