import Tooltip from '@mui/material/Tooltip';
import type { HealthTarget } from '@cloudtrace/plugin-cloudtrace-common';
import {
  formatDateTime,
  formatDuration,
  formatPercent,
  NO_VALUE,
} from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useSeriesLooks } from '../../state/useSeriesLooks';
import { useText } from '../../state/useText';
import { Swatch } from '../charts/Swatch';
import { DataTable } from '../shared/DataTable';
import { ReasonText } from './ReasonText';
import { StateChip } from './StateChip';
import { Row } from '../shared/layout/Row';
import { SmallChip } from '../shared/SmallChip';
import { SmallPrint } from '../shared/text/SmallPrint';

/** Current targets: state, since when, why, and what to do. */
export function TargetTable(props: {
  targets: HealthTarget[];
  /** Whether the states are the last known ones, not the present ones. */
  unread: boolean;
}) {
  const { targets, unread } = props;
  const t = useText();
  const { tab } = useCloudtrace();
  const { lookOf } = useSeriesLooks(
    targets.flatMap(target => target.instanceId ?? []),
  );
  return (
    <DataTable
      label={t('health.targets')}
      rows={targets}
      rowKey={target => target.targetId}
      columns={[
        {
          id: 'target',
          title: t('health.columns.target'),
          render: target => (
            <Row>
              {target.instanceId && <Swatch {...lookOf(target.instanceId)} />}
              {target.label}
            </Row>
          ),
        },
        {
          id: 'state',
          title: t(
            unread ? 'health.columns.lastState' : 'health.columns.state',
          ),
          render: target => (
            <Row gap={0.5}>
              <StateChip
                state={target.present ? target.state ?? 'unknown' : 'gone'}
                faded={unread}
              />
              {target.flapping && (
                <Tooltip title={t('health.flappingHint')}>
                  <SmallChip
                    color="warning"
                    label={t('health.flapping')}
                    tabIndex={0}
                  />
                </Tooltip>
              )}
            </Row>
          ),
        },
        {
          id: 'since',
          title: t('health.columns.since'),
          render: target =>
            target.since ? (
              <>
                {formatDateTime(Date.parse(target.since), tab.timeZone)}
                {!unread && (
                  <SmallPrint>
                    {formatDuration(Date.now() - Date.parse(target.since))}
                  </SmallPrint>
                )}
              </>
            ) : (
              NO_VALUE
            ),
        },
        {
          id: 'reason',
          title: t('health.columns.reason'),
          wrap: true,
          render: target => <ReasonText reason={target.reason} />,
        },
        {
          id: 'zone',
          title: t('health.columns.zone'),
          render: target => target.zone ?? t('load.noZone'),
        },
        {
          id: 'availability',
          title: t('health.columns.availability'),
          align: 'right',
          render: target => formatPercent(target.availability),
        },
        {
          id: 'changes',
          title: t('health.columns.changes'),
          align: 'right',
          render: target => target.transitions,
        },
      ]}
    />
  );
}
