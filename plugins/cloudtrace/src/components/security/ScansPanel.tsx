import { Skeleton } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { Scan } from '@cloudtrace/plugin-cloudtrace-common';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { formatDateTime, formatDuration, formatExact } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useLiveQuery } from '../../state/useLiveQuery';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import { DataTable } from '../shared/DataTable';
import { Panel } from '../shared/Panel';
import { QueryStates } from '../states/QueryStates';
import { SmallChip } from '../shared/SmallChip';
import { AlarmText } from '../shared/text/AlarmText';

const LIMIT = 50;
const COLORS = {
  imported: 'success',
  superseded: 'default',
  failed: 'error',
  incomplete: 'warning',
} as const;

const outcomeOf = (scan: Scan) =>
  scan.status === 'imported' && scan.incomplete ? 'incomplete' : scan.status;

/** Scans of the range: what arrived, what it changed, and what was cut. */
export function ScansPanel() {
  const t = useText();
  const said = useSaid();
  const api = useApi(cloudtraceApiRef);
  const { entityRef, tab } = useCloudtrace();
  const query = useLiveQuery({
    name: 'scans',
    kinds: ['scans'],
    read: ({ from, to }, signal) =>
      api.listScans(entityRef, { from, to, limit: LIMIT }, { signal }),
  });
  return (
    <Panel title={t('security.scans')}>
      <QueryStates
        query={query}
        what={t('security.scans')}
        permission="cloudtrace.security.read"
        loading={<Skeleton height={120} />}
      >
        {data =>
          data.items.length === 0 ? (
            <Typography variant="body2" color="text.secondary">
              {t('security.scansNone')}
            </Typography>
          ) : (
            <DataTable
              label={t('security.scans')}
              rows={data.items}
              rowKey={scan => scan.scanId}
              columns={[
                {
                  id: 'receivedAt',
                  title: t('security.scanColumns.receivedAt'),
                  render: scan =>
                    formatDateTime(Date.parse(scan.receivedAt), tab.timeZone),
                },
                {
                  id: 'tool',
                  title: t('security.scanColumns.tool'),
                  render: scan =>
                    [scan.tool, scan.toolVersion].filter(Boolean).join(' '),
                },
                {
                  id: 'category',
                  title: t('security.scanColumns.category'),
                  render: scan => scan.category,
                },
                {
                  id: 'ref',
                  title: t('security.scanColumns.ref'),
                  render: scan =>
                    [scan.ref, scan.commit?.slice(0, 8)]
                      .filter(Boolean)
                      .join(' '),
                },
                {
                  id: 'status',
                  title: t('security.scanColumns.status'),
                  wrap: true,
                  render: scan => (
                    <Box>
                      <SmallChip
                        variant="outlined"
                        color={COLORS[outcomeOf(scan)]}
                        label={t(`security.scanStatus.${outcomeOf(scan)}`)}
                      />
                      {scan.error && (
                        <AlarmText as="div" failed>
                          {said(scan, 'error')}
                        </AlarmText>
                      )}
                      {scan.incomplete && <Box>{said(scan, 'incomplete')}</Box>}
                      {scan.cuts.map(cut => (
                        <Typography
                          key={cut.limit}
                          variant="caption"
                          component="div"
                        >
                          {t('security.cut', {
                            limit: cut.limit,
                            kept: formatExact(cut.kept),
                            total: formatExact(cut.total),
                          })}
                        </Typography>
                      ))}
                    </Box>
                  ),
                },
                {
                  id: 'duration',
                  title: t('security.scanColumns.duration'),
                  align: 'right',
                  render: scan => formatDuration(scan.durationMs),
                },
                {
                  id: 'findings',
                  title: t('security.scanColumns.findings'),
                  align: 'right',
                  render: scan => formatExact(scan.findings),
                },
                {
                  id: 'change',
                  title: t('security.scanColumns.change'),
                  align: 'right',
                  render: scan =>
                    [
                      scan.newFindings,
                      scan.fixedFindings,
                      scan.reopenedFindings,
                    ]
                      .map(formatExact)
                      .join(' / '),
                },
              ]}
            />
          )
        }
      </QueryStates>
    </Panel>
  );
}
