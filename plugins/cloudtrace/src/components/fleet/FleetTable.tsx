import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useTheme } from '@mui/material/styles';
import {
  tabLink,
  type FleetMoment,
  type FleetPage,
  type FleetService,
} from '@cloudtrace/plugin-cloudtrace-common';
import {
  formatCount,
  formatExact,
  formatDuration,
  formatLatency,
  formatPercent,
  NO_VALUE,
} from '../../lib/format';
import { accentColor } from '../../lib/palette';
import { sparkPoints, stepOf } from '../../lib/sparkPoints';
import { shortRef } from '../../lib/shortRef';
import { useJudgementText } from '../../state/useJudgementText';
import { formatRowSort, parseRowSort, sortRows } from '../../lib/sortRows';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { Sparkline } from '../charts/Sparkline';
import { DataTable, type DataColumn } from '../shared/DataTable';
import { ServiceStatusChip } from '../shared/ServiceStatusChip';
import { PageButtons } from './PageButtons';
import { ServiceLink } from './ServiceLink';
import { Row } from '../shared/layout/Row';
import { AlarmText } from '../shared/text/AlarmText';

const SORT_PARAM = 'sort';

function Moment(props: { moment?: FleetMoment }) {
  const { moment } = props;
  const said = useSaid();
  if (!moment) {
    return <>{NO_VALUE}</>;
  }
  return (
    <AlarmText as="div" title={said(moment, 'text')} failed={moment.failed}>
      {formatDuration(Date.now() - Date.parse(moment.at))}
    </AlarmText>
  );
}

/** Number of targets that are not healthy. */
function missingOf(service: FleetService): number | undefined {
  const { healthy, wanted } = service;
  return healthy === undefined || wanted === undefined
    ? undefined
    : wanted - healthy;
}

/** The services, worst first, each with the reason for its position. */
export function FleetTable(props: { data: FleetPage }) {
  const { items, nextCursor, total, truncated } = props.data;
  const domain = {
    fromMs: Date.parse(props.data.from),
    toMs: Date.parse(props.data.to),
  };
  const t = useText();
  const word = useJudgementText();
  const { mode } = useTheme().palette;
  const entityLink = useRouteRef(entityRouteRef);
  const [params, setParams] = useViewParams();
  const sort = parseRowSort(params.get(SORT_PARAM));
  const filtered = ['q', 'owner', 'system', 'env'].some(name =>
    params.has(name),
  );
  const hrefOf = (service: FleetService) => {
    const base = entityLink?.(parseEntityRef(service.entityRef));
    return base && tabLink(base, { environment: service.environment });
  };
  const columns: DataColumn<FleetService>[] = [
    {
      id: 'service',
      title: t('fleetPage.columns.service'),
      wrap: true,
      sortBy: service => service.title ?? service.name,
      render: service => {
        const href = hrefOf(service);
        const name = service.title ?? service.name;
        return (
          <Box>
            <Row wrap>
              <ServiceStatusChip severity={service.severity} />
              {href ? <ServiceLink to={href}>{name}</ServiceLink> : name}
              <Typography variant="caption" color="text.secondary">
                {[
                  service.environment,
                  service.owner && shortRef(service.owner),
                  service.system && shortRef(service.system),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </Typography>
            </Row>
            {service.reasons.length > 0 && (
              <Typography variant="caption" component="div">
                {service.reasons.map(reason => `${word(reason)}.`).join(' ')}
              </Typography>
            )}
          </Box>
        );
      },
    },
    {
      id: 'requests',
      title: t('fleetPage.columns.requests'),
      align: 'right',
      sortBy: service => service.requestsPerSecond,
      render: service =>
        service.requestsPerSecond === undefined
          ? NO_VALUE
          : `${formatCount(service.requestsPerSecond)}\u202freq/s`,
    },
    {
      id: 'errors',
      title: t('fleetPage.columns.errors'),
      align: 'right',
      sortBy: service => service.errorRate,
      render: service => formatPercent(service.errorRate),
    },
    {
      id: 'p95',
      title: t('fleetPage.columns.p95'),
      align: 'right',
      sortBy: service => service.p95Ms,
      render: service => formatLatency(service.p95Ms),
    },
    {
      id: 'healthy',
      title: t('fleetPage.columns.healthy'),
      align: 'right',
      sortBy: service => missingOf(service),
      render: service => {
        const { healthy, wanted } = service;
        return healthy === undefined || wanted === undefined ? (
          NO_VALUE
        ) : (
          <AlarmText failed={healthy < wanted}>
            {healthy} / {wanted}
          </AlarmText>
        );
      },
    },
    {
      id: 'scaling',
      title: t('fleetPage.columns.scaling'),
      align: 'right',
      sortBy: service =>
        service.lastScaling && Date.parse(service.lastScaling.at),
      render: service => <Moment moment={service.lastScaling} />,
    },
    {
      id: 'findings',
      title: t('fleetPage.columns.findings'),
      align: 'right',
      sortBy: service =>
        service.openFindings &&
        service.openFindings.critical * 1e6 + service.openFindings.high,
      render: service =>
        service.openFindings
          ? `${service.openFindings.critical} / ${service.openFindings.high}`
          : NO_VALUE,
    },
    {
      id: 'failover',
      title: t('fleetPage.columns.failover'),
      align: 'right',
      sortBy: service =>
        service.lastFailover && Date.parse(service.lastFailover.at),
      render: service => <Moment moment={service.lastFailover} />,
    },
    {
      id: 'trend',
      title: t('fleetPage.columns.trend'),
      render: service => (
        <Sparkline
          color={accentColor('blue', mode)}
          points={sparkPoints(service.sparkline)}
          domain={domain}
          stepMs={stepOf(sparkPoints(service.sparkline))}
        />
      ),
    },
  ];
  if (items.length === 0) {
    return (
      <Typography>
        {filtered ? t('fleetPage.none') : t('fleetPage.noneYet')}
      </Typography>
    );
  }
  const sortBy = columns.find(({ id }) => id === sort?.column)?.sortBy;
  const sorted =
    sort && sortBy ? sortRows(items, sortBy, sort.descending) : items;
  const pages = Boolean(nextCursor) || params.has('cursor');
  return (
    <>
      {truncated && (
        <Alert severity="warning">
          {t('fleetPage.truncated', { number: formatExact(total) })}
        </Alert>
      )}
      {sort && sortBy && (
        <Typography variant="body2" color="text.secondary">
          {t(pages ? 'fleetPage.sortedPage' : 'fleetPage.sorted')}{' '}
          <Button
            size="small"
            onClick={() => setParams({ [SORT_PARAM]: undefined })}
          >
            {t('fleetPage.worstFirst')}
          </Button>
        </Typography>
      )}
      <Paper variant="outlined">
        <DataTable
          label={t('fleetPage.heading')}
          rows={sorted}
          sort={sort}
          onSort={next =>
            setParams({ [SORT_PARAM]: formatRowSort(next) }, { replace: true })
          }
          rowKey={service => `${service.entityRef}/${service.environment}`}
          columns={columns}
        />
      </Paper>
      <PageButtons nextCursor={nextCursor} />
    </>
  );
}
