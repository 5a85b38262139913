import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { styled } from '@mui/material/styles';
import type { RequestRecord } from '@cloudtrace/plugin-cloudtrace-common';
import { formatExactTime, formatLatency } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useSeriesLooks } from '../../state/useSeriesLooks';
import { useText } from '../../state/useText';
import { Swatch } from '../charts/Swatch';
import { StatusChip } from './StatusChip';
import { DataTable } from '../shared/DataTable';
import { Surface } from '../shared/layout/Surface';
import { Row } from '../shared/layout/Row';

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

const Code = styled('span')({ fontFamily: 'monospace' });

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
    <Surface padding={0}>
      <DataTable
        label={t('requests.tableTitle')}
        rows={requests}
        rowKey={request => `${request.traceId}/${request.spanId}`}
        onRowClick={onOpen}
        isSelected={request => request.spanId === openSpanId}
        columns={[
          {
            id: 'startedAt',
            title: t('requests.columns.startedAt'),
            render: request =>
              formatExactTime(Date.parse(request.startedAt), tab.timeZone),
          },
          {
            id: 'request',
            title: t('requests.columns.request'),
            rowHeader: true,
            render: request => (
              <OpenButton
                aria-label={t('requests.open', {
                  request: requestName(request),
                })}
                onClick={() => onOpen(request)}
              >
                {requestName(request)}
              </OpenButton>
            ),
          },
          {
            id: 'status',
            title: t('requests.columns.status'),
            render: ({ statusCode, error }) => (
              <StatusChip statusCode={statusCode} error={error} />
            ),
          },
          {
            id: 'duration',
            title: t('requests.columns.duration'),
            align: 'right',
            render: request => (
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
            ),
          },
          {
            id: 'instance',
            title: t('requests.columns.instance'),
            render: ({ instanceId }) => (
              <Row>
                <Swatch {...lookOf(instanceId)} />
                {instanceId}
              </Row>
            ),
          },
          {
            id: 'zone',
            title: t('requests.columns.zone'),
            render: ({ zone }) => zone || t('load.noZone'),
          },
          {
            id: 'traceId',
            title: t('requests.columns.traceId'),
            render: ({ traceId }) => <Code>{traceId.slice(0, 8)}…</Code>,
          },
        ]}
      />
    </Surface>
  );
}
