import Typography from '@mui/material/Typography';
import type { HealthGroupSummary } from '@cloudtrace/plugin-cloudtrace-common';
import { useText } from '../../state/useText';
import { HealthyOf } from './HealthyOf';
import { isUnread } from './isUnread';
import { PartAges } from '../shared/PartAges';
import { Panel } from '../shared/Panel';
import { BulletList } from '../shared/layout/BulletList';

/** Groups beyond those shown in full, with only their current state. */
export function OtherGroups(props: { groups: readonly HealthGroupSummary[] }) {
  const t = useText();
  const { groups } = props;
  return (
    <Panel title={t('health.otherGroups', { number: String(groups.length) })}>
      <Typography variant="body2" color="text.secondary">
        {t('health.otherGroupsHint')}
      </Typography>
      <BulletList>
        {groups.map(({ resource, healthy, total }) => (
          <Typography component="li" variant="body2" key={resource.id}>
            <strong>{resource.name}</strong>:{' '}
            <HealthyOf
              healthy={healthy}
              total={total}
              unread={isUnread(resource)}
            />
            <PartAges
              parts={(resource.parts ?? []).filter(part => part.stale)}
            />
          </Typography>
        ))}
      </BulletList>
    </Panel>
  );
}
