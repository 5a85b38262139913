import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { DurationBucket } from '@cloudtrace/plugin-cloudtrace-common';
import { formatExact, formatLatency } from '../../lib/format';
import { useText } from '../../state/useText';
import { LowTableContainer } from '../shared/LowTableContainer';

/** The table equivalent of the duration histogram. */
export function DurationTable(props: { buckets: DurationBucket[] }) {
  const t = useText();
  return (
    <LowTableContainer tabIndex={0}>
      <Table size="small" stickyHeader aria-label={t('requests.histogram')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('requests.columns.duration')}</TableCell>
            <TableCell align="right">{t('load.columns.requests')}</TableCell>
            <TableCell align="right">{t('load.columns.errors')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.buckets.map(bucket => (
            <TableRow key={bucket.fromMs}>
              <TableCell component="th" scope="row">
                {formatLatency(bucket.fromMs)} – {formatLatency(bucket.toMs)}
              </TableCell>
              <TableCell align="right">
                {formatExact(bucket.requests)}
              </TableCell>
              <TableCell align="right">{formatExact(bucket.errors)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </LowTableContainer>
  );
}
