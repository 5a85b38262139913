import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import type { ResourcePart } from '@cloudtrace/plugin-cloudtrace-common';
import { formatClock, formatDateTime, formatDuration } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { Row } from './layout/Row';

/** When each part of a resource was last read; parts that are too old stand out. */
export function PartAges(props: { parts: readonly ResourcePart[] }) {
  const t = useText();
  const { tab } = useCloudtrace();
  const nameOf = ({ part }: ResourcePart) => t(`fleet.parts.${part}`);
  const fresh = props.parts.filter(part => !part.stale);
  return (
    <Row wrap>
      {props.parts
        .filter(part => part.stale)
        .map(part => (
          <Chip
            key={part.part}
            size="small"
            color="warning"
            label={t('fleet.stalePart', {
              part: nameOf(part),
              time: formatDateTime(Date.parse(part.readAt), tab.timeZone),
              age: formatDuration(Date.now() - Date.parse(part.readAt)),
            })}
          />
        ))}
      {fresh.length > 0 && (
        <Typography variant="caption" color="text.secondary">
          {t('fleet.lastRead')}{' '}
          {fresh
            .map(
              part =>
                `${nameOf(part)} ${formatClock(
                  Date.parse(part.readAt),
                  tab.timeZone,
                )}`,
            )
            .join(' · ')}
        </Typography>
      )}
    </Row>
  );
}
