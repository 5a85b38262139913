import { Button } from '@backstage/ui';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import type { FailoverSummary } from '@cloudtrace/plugin-cloudtrace-common';
import { formatDateTime, formatExact } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText, type Text } from '../../state/useText';
import { ReasonText } from '../health/ReasonText';
import { FailoverMilestones } from './FailoverMilestones';
import { FailoverStory } from './FailoverStory';
import { Surface } from '../shared/layout/Surface';
import { Row } from '../shared/layout/Row';
import { Heading } from '../shared/text/Heading';
import { Spacer } from '../shared/layout/Spacer';

/** Time shown before and after an episode when zooming to it. */
const MARGIN_MS = 5 * 60_000;

/** The cost of an episode in requests. Only the load of a part can shift to others. */
function costOf(impact: FailoverSummary['impact'], t: Text): string {
  const { requestsFailed, requestsShifted } = impact;
  if (requestsFailed === undefined && requestsShifted === undefined) {
    return t('failovers.notCounted');
  }
  const failed = formatExact(requestsFailed);
  // An unknown number uses the plural.
  const count = requestsFailed ?? 0;
  return requestsShifted === undefined
    ? t('failovers.failed', { count, failed })
    : t('failovers.failedShifted', {
        count,
        failed,
        shifted: formatExact(requestsShifted),
      });
}

/** What failed and when, and what kind of episode it is. */
function FailoverHeading(props: { failover: FailoverSummary; title: string }) {
  const { failover, title } = props;
  const { subject } = failover;
  const t = useText();
  const { tab } = useCloudtrace();
  return (
    <Row wrap>
      <Heading component="h3" size="resource">
        {title}
      </Heading>
      {subject.zone && subject.zone !== subject.label && (
        <Typography variant="body2" color="text.secondary">
          {subject.zone}
        </Typography>
      )}
      {failover.ongoing && (
        <Chip size="small" color="error" label={t('failovers.ongoing')} />
      )}
      {failover.planned !== 'unknown' && (
        <Chip
          size="small"
          variant="outlined"
          label={
            failover.planned === 'yes'
              ? t('failovers.planned')
              : t('failovers.unplanned')
          }
        />
      )}
      {(failover.flaps ?? 0) > 0 && (
        <Chip
          size="small"
          color="warning"
          variant="outlined"
          label={t('failovers.flaps', { count: failover.flaps ?? 0 })}
        />
      )}
      <Spacer />
      <Typography variant="body2" color="text.secondary">
        {formatDateTime(Date.parse(failover.startedAt), tab.timeZone)}
      </Typography>
    </Row>
  );
}

/** One episode: began, detected, load moved, recovered, and what it cost. */
export function FailoverCard(props: {
  failover: FailoverSummary;
  open: boolean;
  onToggle: () => void;
}) {
  const { failover, open, onToggle } = props;
  const { subject, impact, missingData } = failover;
  const t = useText();
  const { tab } = useCloudtrace();
  const startMs = Date.parse(failover.startedAt);
  const kind = t(`failovers.subjects.${subject.kind}`);
  const title =
    subject.kind === 'all-targets' ? kind : `${kind} ${subject.label}`;
  return (
    <Surface component="article" aria-label={title} gap={1.5}>
      <FailoverHeading failover={failover} title={title} />
      <Typography variant="body2" component="div">
        <ReasonText reason={failover.cause} />
      </Typography>
      <FailoverMilestones failover={failover} />
      <Typography variant="body2">{costOf(impact, t)}</Typography>
      {missingData.length > 0 && (
        <Typography variant="body2" color="text.secondary">
          {t('failovers.missingPrefix', {
            list: missingData
              .map(item => t(`failovers.missing.${item}`))
              .join('; '),
          })}
        </Typography>
      )}
      <Row wrap>
        <Button variant="secondary" aria-expanded={open} onPress={onToggle}>
          {open ? t('failovers.hideStory') : t('failovers.story')}
        </Button>
        <Button
          variant="tertiary"
          onPress={() =>
            tab.zoomTo(
              startMs - MARGIN_MS,
              (failover.recoveredAt
                ? Date.parse(failover.recoveredAt)
                : Date.now()) + MARGIN_MS,
            )
          }
        >
          {t('failovers.zoom')}
        </Button>
      </Row>
      {open && (
        <FailoverStory
          failoverId={failover.failoverId}
          ongoing={failover.ongoing}
        />
      )}
    </Surface>
  );
}
