import { targetMeaning } from '@cloudtrace/plugin-cloudtrace-common';
import type { DetectionInput, TargetEvent } from './types';

/** The states of all targets of a target group over time. */
export interface GroupHistory {
  resourceId: string;
  /** Ascending. */
  events: TargetEvent[];
}

/** How many targets of a group serve, from a moment on. */
export interface ServingCount {
  at: number;
  serving: number;
  /** How many that served were taken out of use so far. */
  retired: number;
  /** Whether one that served stopped at this moment by anything but being taken out of use. */
  dropped: boolean;
}

/** Sorts events by target group; the same event given twice counts once. */
export function groupHistories(events: readonly TargetEvent[]): GroupHistory[] {
  const unique = new Map(
    events.map(e => [
      [e.resourceId, e.targetId, e.at.getTime(), e.state, e.reasonCode].join(
        '\n',
      ),
      e,
    ]),
  );
  const sorted = [...unique.entries()]
    .sort(
      ([a, x], [b, y]) => x.at.getTime() - y.at.getTime() || (a < b ? -1 : 1),
    )
    .map(([, event]) => event);
  const groups = new Map<string, TargetEvent[]>();
  for (const event of sorted) {
    const group = groups.get(event.resourceId);
    if (group) group.push(event);
    else groups.set(event.resourceId, [event]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([resourceId, own]) => ({ resourceId, events: own }));
}

/**
 * Number of serving targets after each moment at which it changes, ascending. A
 * target that is not measured counts as what it was before.
 */
export function servingCounts(events: readonly TargetEvent[]): ServingCount[] {
  const serving = new Set<string>();
  const counts: ServingCount[] = [];
  let retired = 0;
  for (const event of events) {
    const meaning = targetMeaning(event);
    if (meaning === 'not-measured') continue;
    const stopped = meaning !== 'serving' && serving.delete(event.targetId);
    if (meaning === 'serving') serving.add(event.targetId);
    if (stopped && meaning === 'not-in-use') retired += 1;
    const dropped = stopped && meaning !== 'not-in-use';
    const at = event.at.getTime();
    const last = counts.at(-1);
    if (last?.at === at) {
      Object.assign(last, { serving: serving.size, retired });
      last.dropped ||= dropped;
    } else {
      counts.push({ at, serving: serving.size, retired, dropped });
    }
  }
  return counts;
}

/**
 * When as many targets served again as before, less those that were taken out of
 * use since, or as many as are wanted by then: at once, if the replacement was
 * healthy by the same poll.
 */
export function strengthRegained(
  from: number,
  counts: readonly ServingCount[],
  { desired }: Pick<DetectionInput, 'desired'>,
): number | undefined {
  const index = counts.findIndex(({ at }) => at >= from);
  const { serving: before = 0, retired = 0 } = counts[index - 1] ?? {};
  const needed = (count: ServingCount) => {
    const stillInUse = before - (count.retired - retired);
    const value = valueAt(desired, count.at);
    return value === undefined || value <= 0
      ? stillInUse
      : Math.min(stillInUse, value);
  };
  return counts
    .slice(Math.max(index, 0))
    .find(count => count.at >= from && count.serving >= needed(count))?.at;
}

/** The desired capacity at a time; the larger one of several that were stored for the same time. */
export function valueAt(
  desired: DetectionInput['desired'],
  at: number,
): number | undefined {
  let value: number | undefined;
  let newest = -Infinity;
  for (const change of desired) {
    if (change.at.getTime() > at || change.at.getTime() < newest) continue;
    value =
      change.at.getTime() === newest && value !== undefined
        ? Math.max(value, change.value)
        : change.value;
    newest = change.at.getTime();
  }
  return value;
}
