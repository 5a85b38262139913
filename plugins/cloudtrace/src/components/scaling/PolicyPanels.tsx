import Typography from '@mui/material/Typography';
import type {
  FleetNotice,
  ScalingGroup,
  ScalingPolicyStatus,
  ScheduledActionStatus,
} from '@cloudtrace/plugin-cloudtrace-common';
import { formatDateTime, formatDuration } from '../../lib/format';
import { formatUnit } from '../../lib/formatUnit';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import { Panel } from '../shared/Panel';
import { NotKnown, problemOf } from './NotKnown';
import { Tiles } from '../shared/layout/Tiles';
import { BulletList } from '../shared/layout/BulletList';

function PolicyLine(props: { policy: ScalingPolicyStatus }) {
  const { policy } = props;
  const t = useText();
  const said = useSaid();
  const metric = said(policy, 'metricName') || t('scaling.metric');
  const unit = policy.unit ?? '';
  const parts = [
    policy.targetValue !== undefined &&
      t('scaling.policyTarget', {
        metric,
        value: formatUnit(policy.targetValue, unit),
      }),
    ...(policy.thresholds ?? []).map(threshold =>
      t('scaling.policyStep', {
        metric,
        comparison: threshold.comparison,
        value: formatUnit(threshold.value, unit),
        adjustment: `${threshold.adjustment > 0 ? '+' : ''}${
          threshold.adjustment
        }`,
      }),
    ),
    policy.cooldownMs !== undefined &&
      t('scaling.cooldown', { time: formatDuration(policy.cooldownMs) }),
    !policy.enabled && t('scaling.policyOff'),
  ].filter(Boolean);
  return (
    <Typography component="li" variant="body2">
      <strong>{policy.name}</strong> ({t(`scaling.policyKinds.${policy.kind}`)}
      ): {parts.join('; ')}
    </Typography>
  );
}

function ScheduleLine(props: { action: ScheduledActionStatus }) {
  const { action } = props;
  const t = useText();
  const { tab } = useCloudtrace();
  const sizes = (['min', 'desired', 'max'] as const)
    .filter(name => action[name] !== undefined)
    .map(name => `${t(`scaling.series.${name}`)} ${action[name]}`);
  const parts = [
    action.recurrence && [action.recurrence, action.timeZone].join(' ').trim(),
    sizes.join(', '),
    action.nextAt &&
      t('scaling.scheduleNext', {
        time: formatDateTime(Date.parse(action.nextAt), tab.timeZone),
      }),
  ].filter(Boolean);
  return (
    <Typography component="li" variant="body2">
      <strong>{action.name}</strong>: {parts.join('; ')}
    </Typography>
  );
}

/** The rules by which a group scales. */
export function PolicyPanels(props: {
  group: ScalingGroup;
  notices: readonly FleetNotice[];
}) {
  const { policies, scheduledActions, resource } = props.group;
  const problem = (part: RegExp) => problemOf(props.notices, resource.id, part);
  const t = useText();
  const empty = (text: string) => (
    <Typography variant="body2" color="text.secondary">
      {text}
    </Typography>
  );
  return (
    <Tiles minWidthPx={320}>
      <Panel title={t('scaling.policies')}>
        {!policies && <NotKnown problem={problem(/polic/i)} />}
        {policies?.length === 0 && empty(t('scaling.policiesNone'))}
        {policies && policies.length > 0 && (
          <BulletList>
            {policies.map(policy => (
              <PolicyLine key={policy.name} policy={policy} />
            ))}
          </BulletList>
        )}
      </Panel>
      <Panel title={t('scaling.schedules')}>
        {!scheduledActions && <NotKnown problem={problem(/schedule/i)} />}
        {scheduledActions?.length === 0 && empty(t('scaling.schedulesNone'))}
        {scheduledActions && scheduledActions.length > 0 && (
          <BulletList>
            {scheduledActions.map(action => (
              <ScheduleLine key={action.name} action={action} />
            ))}
          </BulletList>
        )}
      </Panel>
    </Tiles>
  );
}
