import {
  messageOf,
  type TimelineEvent,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FoundInsight } from './types';

/** Reports the newest failovers. */
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

function describeFailover(
  event: TimelineEvent,
): Pick<FoundInsight, 'code' | 'values'> {
  const { at, endedAt } = event;
  const failover = messageOf(event, 'title')!;
  if (!endedAt) {
    return {
      code: 'ongoing-failover',
      values: { failover, cause: messageOf(event, 'detail') ?? '' },
    };
  }
  const durationMs = Date.parse(endedAt) - Date.parse(at);
  return durationMs > 0
    ? { code: 'past-failover', values: { failover, durationMs } }
    : { code: 'brief-failover', values: { failover } };
}
