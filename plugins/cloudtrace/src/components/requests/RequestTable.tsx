import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { styled } from '@mui/material/styles';
import type { RequestRecord } from '@cloudtrace/plugin-cloudtrace-common';
import { formatExactTime, formatLatency } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useSeriesLooks } from '../../state/useSeriesLooks';
import { useText } from '../../state/useText';
import { Swatch } from '../charts/Swatch';
import { StatusChip } from './StatusChip';
import { Row } from '../shared/layout/Row';

const Cell = styled(TableCell)(({ theme }) => ({
  fontVariantNumeric: 'tabular-nums',
  whiteSpace: 'nowrap',
  padding: theme.spacing(0.5, 1.25),
}));

const ClickableRow = styled(TableRow)({ cursor: 'pointer' });

const OpenButton = styled(ButtonBase)({
  font: 'inherit',
  textAlign: 'left',
  '&:focus-visible': { textDecoration: 'underline' },
});

const DurationScale = styled('div')(({ theme }) => ({
  width: 60,
  height: 6,
  backgroundColor: theme.palette.action.hover,
}));

const CodeCell = styled(Cell)({ fontFamily: 'monospace' });

/** A request as people name it, e.g. `GET /orders`. */
export function requestName(request: RequestRecord): string {
  return [request.method, request.route].filter(Boolean).join(' ');
}

/** Single requests; a click opens the details. */
export function RequestTable(props: {
  requests: RequestRecord[];
  openSpanId?: string;
  onOpen: (request: RequestRecord) => void;
}) {
  const { requests, openSpanId, onOpen } = props;
  const t = useText();
  const { tab } = useCloudtrace();
  const { lookOf } = useSeriesLooks(
    requests.map(request => request.instanceId),
  );
  const slowest = Math.max(...requests.map(item => item.durationMs), 1);
  return (
    <TableContainer component={Paper} variant="outlined">
      <Table size="small" aria-label={t('requests.tableTitle')}>
        <TableHead>
          <TableRow>
            <Cell>{t('requests.columns.startedAt')}</Cell>
            <Cell>{t('requests.columns.request')}</Cell>
            <Cell>{t('requests.columns.status')}</Cell>
            <Cell align="right">{t('requests.columns.duration')}</Cell>
            <Cell>{t('requests.columns.instance')}</Cell>
            <Cell>{t('requests.columns.zone')}</Cell>
            <Cell>{t('requests.columns.traceId')}</Cell>
          </TableRow>
        </TableHead>
        <TableBody>
          {requests.map(request => (
            <ClickableRow
              key={`${request.traceId}/${request.spanId}`}
              hover
              selected={request.spanId === openSpanId}
              onClick={() => onOpen(request)}
            >
              <Cell>
                {formatExactTime(Date.parse(request.startedAt), tab.timeZone)}
              </Cell>
              <Cell component="th" scope="row">
                <OpenButton
                  aria-label={t('requests.open', {
                    request: requestName(request),
                  })}
                  onClick={event => {
                    event.stopPropagation();
                    onOpen(request);
                  }}
                >
                  {requestName(request)}
                </OpenButton>
              </Cell>
              <Cell>
                <StatusChip
                  statusCode={request.statusCode}
                  error={request.error}
                />
              </Cell>
              <Cell align="right">
                <Row justify="flex-end">
                  {formatLatency(request.durationMs)}
                  <DurationScale aria-hidden>
                    <Box
                      sx={{
                        height: '100%',
                        minWidth: '1px',
                        bgcolor: request.error ? 'error.main' : 'primary.main',
                        width: `${(request.durationMs / slowest) * 100}%`,
                      }}
                    />
                  </DurationScale>
                </Row>
              </Cell>
              <Cell>
                <Row>
                  <Swatch {...lookOf(request.instanceId)} />
                  {request.instanceId}
                </Row>
              </Cell>
              <Cell>{request.zone || t('load.noZone')}</Cell>
              <CodeCell>{request.traceId.slice(0, 8)}…</CodeCell>
            </ClickableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
