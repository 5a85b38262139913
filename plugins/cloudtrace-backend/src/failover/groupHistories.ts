import { targetMeaning } from '@cloudtrace/plugin-cloudtrace-common';
import type { DetectionInput, TargetEvent } from './types';

/** The states of all targets of a target group over time. */
export interface GroupHistory {
  resourceId: string;
  /** Ascending. */
  events: TargetEvent[];
}

/** Number of serving targets in a group from a moment on. */
export interface ServingCount {
  at: number;
  serving: number;
  /** Number of serving targets that were taken out of use so far. */
  retired: number;
  /** Whether a serving target stopped at this moment for any reason but being taken out of use. */
  dropped: boolean;
}

/** Groups events by target group and removes duplicates. */
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
 * Returns the number of serving targets at each change, ascending. A target
 * that is not measured keeps its previous state.
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
 * Finds when as many targets served as before, minus those taken out of use
 * since, or as many as the desired capacity by then. That is immediate if the
 * replacement was healthy in the same poll.
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

/** Returns the desired capacity at a time; the largest if several were stored for that time. */
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
