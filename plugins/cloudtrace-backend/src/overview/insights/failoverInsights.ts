import type { TimelineEvent } from '@cloudtrace/plugin-cloudtrace-common';
import type { FoundInsight } from './types';

/** The newest failovers. */
export function failoverInsights(
  events: readonly TimelineEvent[],
): FoundInsight[] {
  return events
    .filter(({ kind }) => kind === 'failover')
    .slice(0, 3)
    .map(event => ({
      kind: 'failover',
      ...describeFailover(event),
      severity: event.endedAt ? 'warning' : event.severity,
      at: event.at,
      subject: event.failoverId,
      view: 'failover-history',
    }));
}

function describeFailover({
  title,
  detail,
  at,
  endedAt,
}: TimelineEvent): Pick<FoundInsight, 'code' | 'values'> {
  if (!endedAt) {
    return { code: 'failover-now', values: { title, cause: detail ?? '' } };
  }
  const durationMs = Date.parse(endedAt) - Date.parse(at);
  return durationMs > 0
    ? { code: 'failover-past', values: { title, durationMs } }
    : { code: 'failover-brief', values: { title } };
}
