import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import type { FailureCluster } from './classifyFailures';
import { SKEW_MS } from './findTargetFailures';
import { fromOf } from './mergeClusters';
import { isForced } from './scalingCauses';

/**
 * An activity that removes a failed instance can begin this long before the
 * failure is detected.
 */
const MAX_LEAD_MS = 5 * 60_000;

interface Open {
  cluster: FailureCluster;
  from: number;
  to: number;
  instances: ReadonlySet<string>;
  taken: ScalingActivity[];
  launches: number;
  terminates: number;
}

/**
 * Finds the activities that replaced each failed instance. Each activity
 * belongs to one failure: a termination to the failure of the terminated
 * instance, and a launch to the failure that has waited longest, where failures
 * whose instance was already removed come first. The launch of a failed
 * instance itself does not count as its replacement.
 */
export function assignReplacements(
  clusters: readonly FailureCluster[],
  activities: readonly ScalingActivity[],
  until: number,
): Map<FailureCluster, ScalingActivity[]> {
  const open = clusters
    .map(cluster => toOpen(cluster, until))
    .sort((a, b) => a.from - b.from);
  const sorted = activities
    .filter(isForced)
    .sort(
      (a, b) =>
        Date.parse(a.startedAt) - Date.parse(b.startedAt) ||
        Number(a.kind === 'launch') - Number(b.kind === 'launch') ||
        (a.activityId < b.activityId ? -1 : 1),
    );
  for (const activity of sorted) {
    const owner =
      activity.kind === 'launch'
        ? ownerOfLaunch(activity, open)
        : ownerOfEnd(activity, open);
    owner?.taken.push(activity);
    if (owner && activity.kind === 'launch') owner.launches += 1;
    // A restarted instance is still there and needs no replacement.
    else if (owner && activity.kind !== 'restart') owner.terminates += 1;
  }
  return new Map(open.map(({ cluster, taken }) => [cluster, taken]));
}

function toOpen(cluster: FailureCluster, until: number): Open {
  const { failures } = cluster;
  return {
    cluster,
    from: fromOf(cluster),
    to: Math.max(...failures.map(({ to }) => to ?? until)),
    instances: new Set(failures.map(f => f.instanceId ?? f.targetId)),
    taken: [],
    launches: 0,
    terminates: 0,
  };
}

function ownerOfEnd(activity: ScalingActivity, open: Open[]): Open | undefined {
  const at = Date.parse(activity.startedAt);
  return open.find(
    ({ from, to, instances }) =>
      at >= from - MAX_LEAD_MS &&
      at <= to + SKEW_MS &&
      activity.instanceIds?.some(id => instances.has(id)),
  );
}

function ownerOfLaunch(
  activity: ScalingActivity,
  open: Open[],
): Open | undefined {
  const at = Date.parse(activity.startedAt);
  const waiting = open.filter(
    ({ from, to, instances, launches, terminates }) =>
      (at >= from || terminates > launches) &&
      at <= to + SKEW_MS &&
      launches < instances.size &&
      !activity.instanceIds?.some(id => instances.has(id)),
  );
  return (
    waiting.find(({ launches, terminates }) => terminates > launches) ??
    waiting[0]
  );
}
