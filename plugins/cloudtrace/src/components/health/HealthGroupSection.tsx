import Alert from '@mui/material/Alert';
import Typography from '@mui/material/Typography';
import { useTheme } from '@mui/material/styles';
import type {
  HealthGroup,
  HealthStatus,
} from '@cloudtrace/plugin-cloudtrace-common';
import { formatDateTime, formatExact, formatPercent } from '../../lib/format';
import { stepValues } from '../../lib/steps';
import { useTimeZone } from '../../state/CloudtraceContext';
import { useJudgementText } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import { ChartCard } from '../charts/ChartCard';
import { TimeSeriesChart } from '../charts/TimeSeriesChart';
import { TimeSeriesTable } from '../charts/TimeSeriesTable';
import { Panel } from '../shared/Panel';
import { ResourceTitle } from '../shared/ResourceTitle';
import { CheckFacts } from './CheckFacts';
import { stateStyle } from './stateColors';
import { StateLanes } from './StateLanes';
import { TargetTable } from './TargetTable';
import { Stacked } from '../shared/layout/Stacked';
import { Tiles } from '../shared/layout/Tiles';
import { BulletList } from '../shared/layout/BulletList';

const STATUS_COLORS: Record<HealthStatus, string> = {
  healthy: 'success.main',
  degraded: 'warning.main',
  down: 'error.main',
  unknown: 'text.secondary',
  empty: 'text.secondary',
};
const ALERTS = {
  critical: 'error',
  warning: 'warning',
  info: 'info',
} as const;

/** One group of targets behind a load balancer. */
export function HealthGroupSection(props: {
  group: HealthGroup;
  domain: { fromMs: number; toMs: number };
}) {
  const { group, domain } = props;
  const t = useText();
  const word = useJudgementText();
  const timeZone = useTimeZone();
  const theme = useTheme();
  const { timesMs, values } = stepValues(group.series, [
    'healthy',
    'total',
    'desired',
  ]);
  const series = [
    {
      key: 'healthy',
      label: t('health.series.healthy'),
      color: stateStyle('healthy', theme).color,
      values: values.healthy,
      step: true,
      area: true,
    },
    {
      key: 'total',
      label: t('health.series.total'),
      color: theme.palette.text.secondary,
      values: values.total,
      step: true,
    },
    ...(values.desired.some(value => value !== null)
      ? [
          {
            key: 'desired',
            label: t('health.series.desired'),
            color: theme.palette.text.primary,
            values: values.desired,
            step: true,
            dash: '6 3',
          },
        ]
      : []),
  ];
  const chartTitle = t('health.overTime');
  return (
    <Stacked>
      <ResourceTitle resource={group.resource}>
        <Typography
          variant="body2"
          sx={{
            fontWeight: 600,
            color: STATUS_COLORS[group.status],
          }}
        >
          {t('health.healthyOf', {
            healthy: String(group.healthy),
            total: String(group.wanted),
          })}
        </Typography>
        {group.desired !== undefined && (
          <Typography variant="body2" color="text.secondary">
            {t('health.desired', { number: String(group.desired) })}
          </Typography>
        )}
        <Typography variant="body2" color="text.secondary">
          {t(`health.statuses.${group.status}`)}
        </Typography>
      </ResourceTitle>
      {group.remarks.map(remark => (
        <Alert
          key={`${remark.code}/${remark.values.zone}`}
          severity={ALERTS[remark.severity]}
        >
          {word(remark)}.
        </Alert>
      ))}
      <Panel title={t('health.targets')}>
        <TargetTable targets={group.targets} />
        {(group.targetsTotal ?? 0) > group.targets.length && (
          <Typography variant="caption" color="text.secondary">
            {t('health.targetsMore', {
              shown: formatExact(group.targets.length),
              total: formatExact(group.targetsTotal),
            })}
          </Typography>
        )}
      </Panel>
      <Panel title={t('health.lanes')}>
        <StateLanes targets={group.targets} domain={domain} />
      </Panel>
      <ChartCard
        id={`healthy-${group.resource.name}`}
        title={chartTitle}
        chart={
          <TimeSeriesChart
            title={chartTitle}
            domain={domain}
            timesMs={timesMs}
            series={series}
            format={formatExact}
            height={180}
            whole
          />
        }
        table={
          <TimeSeriesTable
            title={chartTitle}
            timesMs={timesMs}
            series={series}
            format={formatExact}
          />
        }
      />
      <Tiles minWidthPx={300}>
        <Panel title={t('health.zones')}>
          <BulletList>
            {group.zones.map(zone => (
              <Typography
                component="li"
                variant="body2"
                key={zone.zone}
                color={STATUS_COLORS[zone.status]}
              >
                {zone.lostAt
                  ? t('health.zoneLost', {
                      zone: zone.zone,
                      since: formatDateTime(Date.parse(zone.lostAt), timeZone),
                      availability: formatPercent(zone.availability),
                    })
                  : t('health.zoneLine', {
                      zone: zone.zone || t('load.noZone'),
                      healthy: String(zone.healthy),
                      total: String(zone.targets),
                      availability: formatPercent(zone.availability),
                    })}
              </Typography>
            ))}
          </BulletList>
        </Panel>
        {group.healthCheck && (
          <Panel title={t('health.check')}>
            <CheckFacts check={group.healthCheck} />
          </Panel>
        )}
      </Tiles>
    </Stacked>
  );
}
