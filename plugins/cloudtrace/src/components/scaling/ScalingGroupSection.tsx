import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import type {
  FleetNotice,
  ScalingGroup,
} from '@cloudtrace/plugin-cloudtrace-common';
import { useSaid } from '../../state/useJudgementText';
import { useText, type Text } from '../../state/useText';
import { ResourceTitle } from '../shared/ResourceTitle';
import { CapacityCard } from './CapacityCard';
import { DriverCard } from './DriverCard';
import { NotKnown, problemOf } from './NotKnown';
import { PolicyPanels } from './PolicyPanels';
import { Stacked } from '../shared/layout/Stacked';
import { BulletList } from '../shared/layout/BulletList';
import { Banner } from '../shared/Banner';

/** The current capacity within its limits, as far as those are known and valid. */
function capacityText(capacity: ScalingGroup['capacity'], t: Text): string {
  const { min, max } = capacity;
  const now = {
    inService: String(capacity.inService),
    desired: String(capacity.desired),
  };
  if (min === undefined || max === undefined || min > max) {
    return t('scaling.nowOnly', now);
  }
  return min === max
    ? t('scaling.nowFixed', { ...now, size: String(max) })
    : t('scaling.now', { ...now, min: String(min), max: String(max) });
}

/** A group: capacity over time, what drives it, and its rules. */
export function ScalingGroupSection(props: {
  group: ScalingGroup;
  notices: FleetNotice[];
  domain: { fromMs: number; toMs: number };
}) {
  const { group, domain } = props;
  const { capacity, limit, suspendedProcesses } = group;
  const { min, max } = capacity;
  const t = useText();
  const said = useSaid();
  // Reported once by its name, instead of as a limit that looks reached.
  const contradictory = min !== undefined && max !== undefined && min > max;
  return (
    <Stacked>
      <ResourceTitle resource={group.resource}>
        {!contradictory && (
          <Chip
            size="small"
            color={limit === 'at-max' ? 'warning' : 'default'}
            label={t(`scaling.limits.${limit}`)}
          />
        )}
      </ResourceTitle>
      <Typography variant="body2">{capacityText(capacity, t)}</Typography>
      {contradictory && (
        <Banner status="danger">
          {t('scaling.contradictory', { min: String(min), max: String(max) })}
        </Banner>
      )}
      {!suspendedProcesses && (
        <Box>
          <Typography variant="body2">{t('scaling.suspended')}</Typography>
          <NotKnown
            problem={problemOf(
              props.notices,
              group.resource.id,
              /DescribeAutoScalingGroups|suspend/i,
            )}
          />
        </Box>
      )}
      {suspendedProcesses && suspendedProcesses.length > 0 && (
        <Banner status="warning">
          {t('scaling.suspended')}
          <BulletList>
            {suspendedProcesses.map(process => (
              <li key={process.name}>
                <strong>{process.name}</strong>: {said(process, 'explanation')}
              </li>
            ))}
          </BulletList>
        </Banner>
      )}
      <CapacityCard group={group} domain={domain} />
      {group.drivers.map(metric => (
        <DriverCard key={metric.seriesId} metric={metric} domain={domain} />
      ))}
      <PolicyPanels group={group} notices={props.notices} />
    </Stacked>
  );
}
