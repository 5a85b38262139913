import Typography from '@mui/material/Typography';
import type { HealthGroup } from '@cloudtrace/plugin-cloudtrace-common';
import { formatDateTime, formatPercent } from '../../lib/format';
import { useTimeZone } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { BulletList } from '../shared/layout/BulletList';
import { STATUS_COLORS } from './statusColors';

/** The zones of a group with their healthy targets and availability. */
export function ZoneList(props: {
  zones: HealthGroup['zones'];
  unread: boolean;
}) {
  const { unread } = props;
  const t = useText();
  const timeZone = useTimeZone();
  const line = (zone: HealthGroup['zones'][number]) =>
    zone.lostAt
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
        });
  return (
    <BulletList>
      {props.zones.map(zone => (
        <Typography
          component="li"
          variant="body2"
          key={zone.zone}
          color={unread ? 'text.secondary' : STATUS_COLORS[zone.status]}
        >
          {unread ? t('health.lastKnown', { text: line(zone) }) : line(zone)}
        </Typography>
      ))}
    </BulletList>
  );
}
