import type {
  HealthPoint,
  ObservationGap,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { CapacityHistoryRow } from './database/readCapacity';
import type { TargetHistory } from './describeTarget';
import { thinOut } from './thinOut';

/** Desired capacity from a moment on. */
export interface DesiredCapacity {
  at: Date;
  value: number;
}

/** The changes at a moment. */
interface Change {
  healthy: number;
  total: number;
  /** Gaps that begin, less those that end. */
  gaps: number;
}

/**
 * Returns the counts at every change and at both ends; no counts within a gap.
 * A very long series is thinned out.
 */
export function healthSeries(input: {
  targets: ReadonlyArray<Pick<TargetHistory, 'intervals'>>;
  /** Periods in which the targets were not read. */
  gaps: readonly ObservationGap[];
  desired: readonly DesiredCapacity[];
  /** From when on the targets are known. */
  from: Date;
  until: Date;
}): HealthPoint[] {
  const { desired } = input;
  const begin = input.from.getTime();
  const end = input.until.getTime();
  const changes = changesOf(input, begin, end);
  const changesOfDesired = desired.map(({ at }) => at.getTime());
  const times = new Set([
    begin,
    ...changes.keys(),
    ...changesOfDesired.map(at => Math.max(at, begin)),
    end,
  ]);
  const now: Change = { healthy: 0, total: 0, gaps: 0 };
  // Both lists are ascending, so each change is visited once.
  let next = 0;
  const points = [...times]
    .filter(t => t >= begin && t <= end)
    .sort((a, b) => a - b)
    .map(at => {
      add(now, changes.get(at));
      while (next < desired.length && changesOfDesired[next] <= at) next += 1;
      const counts =
        now.gaps > 0 ? undefined : { healthy: now.healthy, total: now.total };
      return { at, counts, desired: desired[next - 1]?.value };
    });
  return thinOut(points, [
    ({ counts }) => (counts ? counts.healthy - counts.total : 0),
    ({ counts }) => counts?.healthy ?? Infinity,
    ({ counts }) => (counts ? 0 : -1),
  ]).map(point => ({
    t: new Date(point.at).toISOString(),
    ...point.counts,
    desired: point.desired,
  }));
}

function changesOf(
  {
    targets,
    gaps,
  }: Pick<Parameters<typeof healthSeries>[0], 'targets' | 'gaps'>,
  begin: number,
  end: number,
): Map<number, Change> {
  const changes = new Map<number, Change>();
  const change = (at: number, step: Partial<Change>) => {
    const sum = changes.get(at) ?? { healthy: 0, total: 0, gaps: 0 };
    changes.set(at, add(sum, step));
  };
  for (const { intervals } of targets) {
    for (const interval of intervals) {
      if (interval.state === 'gone' || interval.state === 'no-data') continue;
      const healthy = interval.state === 'healthy' ? 1 : 0;
      change(interval.from.getTime(), { healthy, total: 1 });
      if (interval.to) {
        change(interval.to.getTime(), { healthy: -healthy, total: -1 });
      }
    }
  }
  for (const gap of gaps) {
    const to = gap.to.getTime();
    if (to <= begin) continue;
    change(Math.max(gap.from.getTime(), begin), { gaps: 1 });
    // What lasts until the end is unknown at the end, too.
    if (to < end) change(to, { gaps: -1 });
  }
  return changes;
}

function add(sum: Change, step: Partial<Change> = {}): Change {
  sum.healthy += step.healthy ?? 0;
  sum.total += step.total ?? 0;
  sum.gaps += step.gaps ?? 0;
  return sum;
}

/** Whether the targets of a resource are its own instances, as the pods of a workload are. */
export function hasOwnSize({ type }: { type: string }): boolean {
  return type !== 'target-group';
}

/**
 * Returns the capacity that a resource's targets are compared with. A resource
 * that has its own size is compared with that alone; if it is unknown, so is
 * the desired number of targets.
 *
 * Of a target group, it is the capacity of the groups with instances among the
 * targets: a worker that receives no requests does not add to the desired number
 * of targets. While no group has an instance there, all groups count.
 */
export function capacityBehind<TRow extends { resource_id: number }>(
  resource: { resource_id: number; type: string },
  targets: ReadonlyArray<{ instance_key: string | null }>,
  instances: ReadonlyArray<{ resource_id: number; instance_key: string }>,
  capacity: readonly TRow[],
): readonly TRow[] {
  if (hasOwnSize(resource)) {
    return capacity.filter(row => row.resource_id === resource.resource_id);
  }
  const keys = new Set(targets.map(target => target.instance_key));
  const groups = new Set(
    instances
      .filter(instance => keys.has(instance.instance_key))
      .map(instance => instance.resource_id),
  );
  return groups.size > 0
    ? capacity.filter(row => groups.has(row.resource_id))
    : capacity;
}

/** Sums the desired capacities of the groups over time. */
export function sumDesired(
  rows: readonly CapacityHistoryRow[],
): DesiredCapacity[] {
  const now = new Map<number, number>();
  return [...rows]
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(row => {
      now.set(row.resource_id, row.desired);
      const value = [...now.values()].reduce((a, b) => a + b, 0);
      return { at: row.at, value };
    });
}
