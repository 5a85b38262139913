import { useTheme } from '@mui/material/styles';
import type {
  FleetPage,
  FleetService,
} from '@cloudtrace/plugin-cloudtrace-common';
import {
  formatCount,
  formatLatency,
  formatPercent,
  NO_VALUE,
} from '../../lib/format';
import { accentColor } from '../../lib/palette';
import { sparkPoints, stepOf } from '../../lib/sparkPoints';
import { useText } from '../../state/useText';
import { Sparkline } from '../charts/Sparkline';
import type { DataColumn } from '../shared/DataTable';
import { AlarmText } from '../shared/text/AlarmText';
import { MomentCell } from './MomentCell';
import { ServiceCell } from './ServiceCell';

/** Number of targets that are not healthy. */
function missingOf(service: FleetService): number | undefined {
  const { healthy, wanted } = service;
  return healthy === undefined || wanted === undefined
    ? undefined
    : wanted - healthy;
}

/** Healthy targets beside the number wanted; red if any is missing. */
function HealthyCell(props: { service: FleetService }) {
  const { healthy, wanted } = props.service;
  return healthy === undefined || wanted === undefined ? (
    <>{NO_VALUE}</>
  ) : (
    <AlarmText failed={healthy < wanted}>
      {healthy} / {wanted}
    </AlarmText>
  );
}

/** The columns of the fleet; `page` supplies the time axis of the trends. */
export function useFleetColumns(page: FleetPage): DataColumn<FleetService>[] {
  const t = useText();
  const { mode } = useTheme().palette;
  const domain = { fromMs: Date.parse(page.from), toMs: Date.parse(page.to) };
  return [
    {
      id: 'service',
      title: t('fleetPage.columns.service'),
      wrap: true,
      sortBy: service => service.title ?? service.name,
      render: service => <ServiceCell service={service} />,
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
      render: service => <HealthyCell service={service} />,
    },
    {
      id: 'scaling',
      title: t('fleetPage.columns.scaling'),
      align: 'right',
      sortBy: service =>
        service.lastScaling && Date.parse(service.lastScaling.at),
      render: service => <MomentCell moment={service.lastScaling} />,
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
      render: service => <MomentCell moment={service.lastFailover} />,
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
}
