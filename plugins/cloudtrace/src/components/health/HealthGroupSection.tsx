import Typography from '@mui/material/Typography';
import type { HealthGroup } from '@cloudtrace/plugin-cloudtrace-common';
import { formatExact } from '../../lib/format';
import { useJudgementText } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import { Panel } from '../shared/Panel';
import { ResourceTitle } from '../shared/ResourceTitle';
import { CheckFacts } from './CheckFacts';
import { HealthyOf } from './HealthyOf';
import { HealthyTargetsChart } from './HealthyTargetsChart';
import { isUnread } from './isUnread';
import { StateLanes } from './StateLanes';
import { STATUS_COLORS } from './statusColors';
import { TargetTable } from './TargetTable';
import { ZoneList } from './ZoneList';
import { Stacked } from '../shared/layout/Stacked';
import { Tiles } from '../shared/layout/Tiles';
import { Banner } from '../shared/Banner';

const ALERTS = {
  critical: 'danger',
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
  const unread = isUnread(group.resource);
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
          <HealthyOf
            healthy={group.healthy}
            total={group.wanted}
            unread={unread}
          />
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
        <Banner
          key={`${remark.code}/${remark.values.zone}`}
          status={ALERTS[remark.severity]}
        >
          {word(remark)}.
        </Banner>
      ))}
      <Panel title={t('health.targets')}>
        <TargetTable targets={group.targets} unread={unread} />
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
      <HealthyTargetsChart group={group} domain={domain} />
      <Tiles minWidthPx={300}>
        <Panel title={t('health.zones')}>
          <ZoneList zones={group.zones} unread={unread} />
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
