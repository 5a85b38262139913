import { formatDateTime } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { DataTable } from '../shared/DataTable';
import { LOW_TABLE_PX } from '../shared/table/tableLook';
import type { PlottedSeries } from './usePlottedSeries';

/** The table equivalent of a time series chart: newest first, exact values. */
export function TimeSeriesTable(props: {
  title: string;
  timesMs: number[];
  series: PlottedSeries[];
  format: (value: number | undefined) => string;
}) {
  const { title, timesMs, series, format } = props;
  const t = useText();
  const { tab } = useCloudtrace();
  return (
    <DataTable
      label={title}
      rows={timesMs.map((_, i) => i).reverse()}
      rowKey={i => String(timesMs[i])}
      maxHeight={LOW_TABLE_PX}
      columns={[
        {
          id: 'time',
          title: t('chart.time'),
          render: i => formatDateTime(timesMs[i], tab.timeZone),
        },
        ...series.map(({ key, label, values }) => ({
          id: `series ${key}`,
          title: label,
          align: 'right' as const,
          render: (i: number) => format(values[i] ?? undefined),
        })),
      ]}
    />
  );
}
