import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { AlarmStatus } from '@cloudtrace/plugin-cloudtrace-common';
import { formatDateTime, NO_VALUE } from '../../lib/format';
import { formatUnit } from '../../lib/formatUnit';
import { safeHref } from '../../lib/safeHref';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import { DataTable } from '../shared/DataTable';
import { Panel } from '../shared/Panel';
import { SmallChip } from '../shared/SmallChip';
import { Quote } from '../shared/text/Quote';

const COLORS = {
  ok: 'success',
  alarm: 'error',
  'insufficient-data': 'warning',
  unknown: 'default',
} as const;

/** Why the alarm is in its state; without a reason, its condition. */
function Reason(props: { alarm: AlarmStatus }) {
  const { alarm } = props;
  const said = useSaid();
  if (alarm.coded?.reason) return <>{said(alarm, 'reason')}</>;
  if (alarm.reason) return <Quote>{alarm.reason}</Quote>;
  const condition = [
    alarm.metricName,
    alarm.comparison,
    alarm.threshold !== undefined &&
      formatUnit(alarm.threshold, alarm.unit ?? ''),
  ];
  return <>{condition.filter(Boolean).join(' ') || NO_VALUE}</>;
}

/** Alarms with their state and its reason. */
export function AlarmsPanel(props: { alarms: AlarmStatus[] }) {
  const { alarms } = props;
  const t = useText();
  const { tab } = useCloudtrace();
  return (
    <Panel title={t('scaling.alarms')}>
      {alarms.length === 0 ? (
        <Typography variant="body2" color="text.secondary">
          {t('scaling.alarmsNone')}
        </Typography>
      ) : (
        <DataTable
          label={t('scaling.alarms')}
          rows={alarms}
          rowKey={alarm => `${alarm.resourceId}/${alarm.name}`}
          columns={[
            {
              id: 'name',
              title: t('scaling.alarmName'),
              render: alarm => {
                const href = safeHref(alarm.consoleUrl);
                return href ? (
                  <Link href={href} target="_blank" rel="noopener noreferrer">
                    {alarm.name}
                  </Link>
                ) : (
                  alarm.name
                );
              },
            },
            {
              id: 'state',
              title: t('health.columns.state'),
              render: alarm => (
                <SmallChip
                  color={COLORS[alarm.state]}
                  label={t(`scaling.alarmStates.${alarm.state}`)}
                />
              ),
            },
            {
              id: 'since',
              title: t('health.columns.since'),
              render: alarm =>
                alarm.since
                  ? formatDateTime(Date.parse(alarm.since), tab.timeZone)
                  : NO_VALUE,
            },
            {
              id: 'rule',
              title: t('scaling.columns.cause'),
              wrap: true,
              render: alarm => <Reason alarm={alarm} />,
            },
          ]}
        />
      )}
    </Panel>
  );
}
