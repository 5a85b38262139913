import Typography from '@mui/material/Typography';
import type {
  Health,
  HealthTransition,
} from '@cloudtrace/plugin-cloudtrace-common';
import { formatDateTime, formatExact } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { DataTable } from '../shared/DataTable';
import { ReasonText } from './ReasonText';

const STATES = [
  'initial',
  'healthy',
  'unhealthy',
  'draining',
  'unused',
  'unavailable',
  'unknown',
  'gone',
  'no-data',
] as const;

/** State changes, newest first. */
export function TransitionTable(props: { data: Health }) {
  const { transitions, transitionsTotal } = props.data;
  const t = useText();
  const { tab } = useCloudtrace();
  // Unknown states are shown unchanged.
  const word = (state: string) => {
    const known = STATES.find(item => item === state);
    return known ? t(`health.states.${known}`) : state;
  };
  const change = ({ from, to }: HealthTransition) =>
    `${from ? word(from) : t('health.transitionNew')} → ${word(to)}`;
  if (transitions.length === 0) {
    return (
      <Typography variant="body2" color="text.secondary">
        {t('health.transitionsNone')}
      </Typography>
    );
  }
  return (
    <>
      <DataTable
        label={t('health.transitions')}
        rows={transitions}
        rowKey={row => `${row.at}/${row.resourceId}/${row.targetId}/${row.to}`}
        maxHeight={360}
        columns={[
          {
            id: 'at',
            title: t('health.columnsTransition.at'),
            render: row => formatDateTime(Date.parse(row.at), tab.timeZone),
          },
          {
            id: 'target',
            title: t('health.columnsTransition.target'),
            render: row => row.instanceId ?? row.targetId,
          },
          {
            id: 'change',
            title: t('health.columnsTransition.change'),
            render: change,
          },
          {
            id: 'reason',
            title: t('health.columnsTransition.reason'),
            wrap: true,
            render: row => <ReasonText reason={row.reason} />,
          },
        ]}
      />
      {transitionsTotal > transitions.length && (
        <Typography variant="caption" color="text.secondary">
          {t('health.transitionsMore', {
            shown: formatExact(transitions.length),
            total: formatExact(transitionsTotal),
          })}
        </Typography>
      )}
    </>
  );
}
