import type { FleetReport } from '@cloudtrace/plugin-cloudtrace-common';
import { toOurTime } from './clock';

type TimedParts = Pick<
  FleetReport,
  'instances' | 'targets' | 'activities' | 'activityEnds'
>;

/**
 * What was described in the time of a cluster, in our time. This is the only
 * place where the times of objects become ours: before it, they are compared
 * with each other and with the cluster's now, and they are part of ids, which
 * must stay the same when the difference of the clocks changes.
 */
export function inOurTime(
  parts: TimedParts,
  clockAheadMs: number | undefined,
): TimedParts {
  if (!clockAheadMs) return parts;
  const ours = (time: string | undefined) =>
    time && toOurTime(new Date(time), clockAheadMs).toISOString();
  return {
    instances: parts.instances?.map(each => ({
      ...each,
      launchedAt: ours(each.launchedAt),
    })),
    targets: parts.targets?.map(each => ({
      ...each,
      since: ours(each.since),
    })),
    activities: parts.activities?.map(each => ({
      ...each,
      startedAt: ours(each.startedAt)!,
      endedAt: ours(each.endedAt),
    })),
    activityEnds: parts.activityEnds?.map(each => ({
      ...each,
      endedAt: ours(each.endedAt),
    })),
  };
}
