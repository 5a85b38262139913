import type { FailoverSummary } from '@cloudtrace/plugin-cloudtrace-common';
import { formatClock, formatDuration } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { Milestones } from './Milestones';

/** When an episode began, was detected and recovered, as far as that is known. */
export function FailoverMilestones(props: { failover: FailoverSummary }) {
  const { failover } = props;
  const t = useText();
  const { tab } = useCloudtrace();
  const startMs = Date.parse(failover.startedAt);
  const after = (value: string | undefined) =>
    value && {
      time: formatClock(Date.parse(value), tab.timeZone),
      detail: t('failovers.after', {
        time: formatDuration(Date.parse(value) - startMs),
      }),
    };
  const beginningKnown = failover.timeToDetectMs !== undefined;
  const absent = {
    time: failover.ongoing ? t('failovers.notYet') : t('failovers.unknown'),
  };
  return (
    <Milestones
      items={[
        {
          label: t('failovers.began'),
          time: beginningKnown
            ? formatClock(startMs, tab.timeZone)
            : t('failovers.notKnown'),
        },
        {
          label: t('failovers.detected'),
          time: formatClock(Date.parse(failover.detectedAt), tab.timeZone),
          detail: beginningKnown
            ? t('failovers.after', {
                time: formatDuration(failover.timeToDetectMs),
              })
            : t('failovers.detectNotKnown'),
        },
        {
          label: t('failovers.shifted'),
          ...(after(failover.shiftedAt) || absent),
        },
        {
          label: t('failovers.recovered'),
          ...(after(failover.recoveredAt) || absent),
        },
      ]}
    />
  );
}
