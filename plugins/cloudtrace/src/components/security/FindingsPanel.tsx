import { Button, Skeleton } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Finding } from '@cloudtrace/plugin-cloudtrace-common';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { formatDateTime, formatExact, NO_VALUE } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { liveMeta } from '../../state/liveMeta';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { DataTable } from '../shared/DataTable';
import { Panel } from '../shared/Panel';
import { QueryStates } from '../states/QueryStates';
import { ExportButtons } from './ExportButtons';
import { FindingFilterBar } from './FindingFilterBar';
import { readFindingQuery } from './findingFilters';
import { SeverityLabel } from './SeverityLabel';
import { Row } from '../shared/layout/Row';
import { Spacer } from '../shared/layout/Spacer';

const PAGE_SIZE = 50;
const REFRESH_MS = 15_000;

const TitleButton = styled(MuiButton)({
  padding: 0,
  minWidth: 0,
  textAlign: 'left',
});

const NewChip = styled(Chip)({ height: 18 });

/** The location of a finding: file and line, or package and version. */
export function placeOf(finding: Finding): string {
  const { location, package: component } = finding;
  if (location) {
    return location.startLine
      ? `${location.path}:${location.startLine}`
      : location.path;
  }
  return component
    ? [component.name, component.version].filter(Boolean).join(' ')
    : NO_VALUE;
}

/** The findings, with filters, order and pages from the server. */
export function FindingsPanel(props: { onOpen: (finding: Finding) => void }) {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entityRef, tab } = useCloudtrace();
  const [params, setParams] = useViewParams();
  const filter = readFindingQuery(params);
  const query = useQuery({
    queryKey: ['cloudtrace', entityRef, 'findings', filter],
    queryFn: ({ signal }) =>
      api.listFindings(entityRef, { ...filter, limit: PAGE_SIZE }, { signal }),
    placeholderData: keepPreviousData,
    meta: liveMeta({
      kinds: ['scans'],
      minGapMs: REFRESH_MS,
      maxGapMs: REFRESH_MS,
      background: true,
    }),
  });
  const time = (value: string) =>
    formatDateTime(Date.parse(value), tab.timeZone);
  return (
    <Panel title={t('security.findings')} actions={<ExportButtons />}>
      <QueryStates
        query={query}
        what={t('security.loading')}
        permission="cloudtrace.security.read"
        loading={<Skeleton height={300} />}
      >
        {data => (
          <>
            <FindingFilterBar query={filter} tools={data.tools} />
            {data.items.length === 0 ? (
              <Typography color="text.secondary">
                {t('security.none')}
              </Typography>
            ) : (
              <DataTable
                label={t('security.findings')}
                rows={data.items}
                rowKey={finding => finding.findingId}
                onRowClick={props.onOpen}
                columns={[
                  {
                    id: 'title',
                    title: t('security.columns.title'),
                    wrap: true,
                    render: finding => (
                      <Box>
                        <TitleButton
                          size="small"
                          onClick={event => {
                            event.stopPropagation();
                            props.onOpen(finding);
                          }}
                        >
                          {finding.title}
                        </TitleButton>{' '}
                        {finding.isNew && (
                          <NewChip
                            size="small"
                            color="info"
                            label={t('security.new')}
                          />
                        )}
                        <Typography
                          variant="caption"
                          color="text.secondary"
                          component="div"
                        >
                          {[...finding.cves, ...finding.cwes, finding.ruleId]
                            .slice(0, 4)
                            .join(' · ')}
                        </Typography>
                      </Box>
                    ),
                  },
                  {
                    id: 'severity',
                    title: t('security.columns.severity'),
                    render: finding => (
                      <SeverityLabel severity={finding.severity} />
                    ),
                  },
                  {
                    id: 'place',
                    title: t('security.columns.place'),
                    wrap: true,
                    render: placeOf,
                  },
                  {
                    id: 'tools',
                    title: t('security.columns.tools'),
                    wrap: true,
                    render: finding => finding.tools.join(', '),
                  },
                  {
                    id: 'state',
                    title: t('security.columns.state'),
                    render: finding => t(`security.states.${finding.state}`),
                  },
                  {
                    id: 'firstSeen',
                    title: t('security.columns.firstSeen'),
                    render: finding => time(finding.firstSeenAt),
                  },
                ]}
              />
            )}
            <Row>
              <Spacer>
                <Typography variant="body2" color="text.secondary">
                  {t('security.total', {
                    count: data.total,
                    number: formatExact(data.total),
                  })}
                </Typography>
              </Spacer>
              <Button
                variant="tertiary"
                isDisabled={!filter.cursor}
                onPress={() => setParams({ cursor: undefined })}
              >
                {t('fleetPage.first')}
              </Button>
              <Button
                variant="tertiary"
                isDisabled={!data.nextCursor}
                onPress={() => setParams({ cursor: data.nextCursor })}
              >
                {t('requests.nextPage')}
              </Button>
            </Row>
          </>
        )}
      </QueryStates>
    </Panel>
  );
}
