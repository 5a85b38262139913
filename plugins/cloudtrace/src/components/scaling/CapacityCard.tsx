import { useTheme } from '@mui/material/styles';
import type { ScalingGroup } from '@cloudtrace/plugin-cloudtrace-common';
import { formatExact } from '../../lib/format';
import { accentColor } from '../../lib/palette';
import { stepValues } from '../../lib/steps';
import { useText } from '../../state/useText';
import { ChartCard } from '../charts/ChartCard';
import { TimeSeriesChart } from '../charts/TimeSeriesChart';
import { TimeSeriesTable } from '../charts/TimeSeriesTable';

/** Desired and actual capacity as steps between minimum and maximum. */
export function CapacityCard(props: {
  group: ScalingGroup;
  domain: { fromMs: number; toMs: number };
}) {
  const { group, domain } = props;
  const t = useText();
  const theme = useTheme();
  const { mode } = theme.palette;
  const { timesMs, values } = stepValues(group.capacitySeries, [
    'desired',
    'inService',
    'min',
    'max',
  ]);
  const line = (
    key: 'desired' | 'inService' | 'min' | 'max',
    color: string,
    extra: { dash?: string; area?: boolean } = {},
  ) => ({
    key,
    label: t(`scaling.series.${key}`),
    color,
    values: values[key],
    step: true,
    ...extra,
  });
  const series = [
    line('inService', accentColor('green', mode), { area: true }),
    line('desired', accentColor('blue', mode), { dash: '6 3' }),
    line('min', theme.palette.text.secondary, { dash: '2 2' }),
    line('max', theme.palette.text.secondary, { dash: '8 3 2 3' }),
    // Unknown limits have neither a line nor a legend.
  ].filter(({ values: own }) => own.some(value => value !== null));
  const title = t('scaling.capacity', { name: group.resource.name });
  return (
    <ChartCard
      id={`capacity-${group.resource.name}`}
      title={title}
      chart={
        <TimeSeriesChart
          title={title}
          domain={domain}
          timesMs={timesMs}
          series={series}
          format={formatExact}
          height={200}
          whole
        />
      }
      table={
        <TimeSeriesTable
          title={title}
          timesMs={timesMs}
          series={series}
          format={formatExact}
        />
      }
    />
  );
}
