import type { HealthPoint } from '@cloudtrace/plugin-cloudtrace-common';
import type { CapacityHistoryRow } from './database/readCapacity';
import type { TargetHistory } from './describeTarget';
import { thinOut } from './thinOut';

/** Desired capacity from a moment on. */
export interface DesiredCapacity {
  at: Date;
  value: number;
}

/**
 * Returns the counts at every change and at both ends. A very long series is
 * thinned out.
 *
 * @param from - From when on the targets are known
 */
export function healthSeries(
  targets: readonly TargetHistory[],
  desired: readonly DesiredCapacity[],
  from: Date,
  until: Date,
): HealthPoint[] {
  const changes = new Map<number, { healthy: number; total: number }>();
  const change = (at: number, healthy: number, total: number) => {
    const sum = changes.get(at) ?? { healthy: 0, total: 0 };
    sum.healthy += healthy;
    sum.total += total;
    changes.set(at, sum);
  };
  for (const { intervals } of targets) {
    for (const interval of intervals) {
      if (interval.state === 'gone' || interval.state === 'no-data') continue;
      const healthy = interval.state === 'healthy' ? 1 : 0;
      change(interval.from.getTime(), healthy, 1);
      if (interval.to) change(interval.to.getTime(), -healthy, -1);
    }
  }
  const begin = from.getTime();
  const end = until.getTime();
  const changesOfDesired = desired.map(({ at }) => at.getTime());
  const times = new Set([
    begin,
    ...changes.keys(),
    ...changesOfDesired.map(at => Math.max(at, begin)),
    end,
  ]);
  let healthy = 0;
  let total = 0;
  // Both lists are ascending, so each change is visited once.
  let next = 0;
  const points = [...times]
    .filter(t => t >= begin && t <= end)
    .sort((a, b) => a - b)
    .map(at => {
      const step = changes.get(at);
      healthy += step?.healthy ?? 0;
      total += step?.total ?? 0;
      while (next < desired.length && changesOfDesired[next] <= at) next += 1;
      return { at, healthy, total, desired: desired[next - 1]?.value };
    });
  return thinOut(points, [
    point => point.healthy - point.total,
    point => point.healthy,
  ]).map(({ at, ...counts }) => ({ t: new Date(at).toISOString(), ...counts }));
}

/**
 * Returns the capacity of the groups with instances among the targets: a worker
 * that receives no requests does not add to the desired number of targets.
 * While no group has an instance there, all groups count.
 */
export function capacityBehind<TRow extends { resource_id: number }>(
  targets: ReadonlyArray<{ instance_key: string | null }>,
  instances: ReadonlyArray<{ resource_id: number; instance_key: string }>,
  capacity: readonly TRow[],
): readonly TRow[] {
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
