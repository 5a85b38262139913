import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { formatDateTime } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import type { PlottedSeries } from './usePlottedSeries';
import { LowTableContainer } from '../shared/LowTableContainer';
import { NoBreakCell } from '../shared/NoBreakCell';

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
  const rows = timesMs.map((_, i) => i).reverse();
  return (
    <LowTableContainer tabIndex={0}>
      <Table size="small" stickyHeader aria-label={title}>
        <TableHead>
          <TableRow>
            <TableCell>{t('chart.time')}</TableCell>
            {series.map(item => (
              <TableCell key={item.key} align="right">
                {item.label}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(i => (
            <TableRow key={timesMs[i]}>
              <NoBreakCell component="th" scope="row">
                {formatDateTime(timesMs[i], tab.timeZone)}
              </NoBreakCell>
              {series.map(item => (
                <TableCell key={item.key} align="right">
                  {format(item.values[i] ?? undefined)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </LowTableContainer>
  );
}
