import type { DurationBucket } from '@cloudtrace/plugin-cloudtrace-common';
import { formatExact, formatLatency } from '../../lib/format';
import { useText } from '../../state/useText';
import { DataTable } from '../shared/DataTable';
import { LOW_TABLE_PX } from '../shared/table/tableLook';

/** The table equivalent of the duration histogram. */
export function DurationTable(props: { buckets: DurationBucket[] }) {
  const t = useText();
  return (
    <DataTable
      label={t('requests.histogram')}
      rows={props.buckets}
      rowKey={({ fromMs }) => String(fromMs)}
      maxHeight={LOW_TABLE_PX}
      columns={[
        {
          id: 'duration',
          title: t('requests.columns.duration'),
          render: ({ fromMs, toMs }) =>
            `${formatLatency(fromMs)} – ${formatLatency(toMs)}`,
        },
        {
          id: 'requests',
          title: t('load.columns.requests'),
          align: 'right',
          render: ({ requests }) => formatExact(requests),
        },
        {
          id: 'errors',
          title: t('load.columns.errors'),
          align: 'right',
          render: ({ errors }) => formatExact(errors),
        },
      ]}
    />
  );
}
