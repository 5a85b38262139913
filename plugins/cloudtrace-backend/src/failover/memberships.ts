import { targetMeaning } from '@cloudtrace/plugin-cloudtrace-common';
import type { GroupHistory } from './groupHistories';
import type { TargetEvent } from './types';

/** A period in which exactly these instances served. Milliseconds since 1970. */
export interface Membership {
  from: number;
  to: number;
  instances: ReadonlySet<string>;
}

/**
 * Returns which instances served over time, across all target groups;
 * ascending. An instance in several target groups serves while it serves in one
 * of them.
 */
export function membershipsOf(
  histories: readonly GroupHistory[],
  until: number,
): Membership[] {
  const events = histories
    .flatMap(history => history.events)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  // Of several changes at the same time, the last one counts.
  const changes = new Map(
    servingChanges(events).map(change => [change.from, change]),
  );
  return [...changes.values()].map((change, i, all) => ({
    ...change,
    to: all[i + 1]?.from ?? Math.max(change.from, until),
  }));
}

/** The instances that served after each change. */
function servingChanges(
  events: readonly TargetEvent[],
): Array<Omit<Membership, 'to'>> {
  const targetsOf = new Map<string, Set<string>>();
  return events.flatMap(event => {
    const meaning = targetMeaning(event);
    if (meaning === 'not-measured') return [];
    const instance = event.instanceId ?? event.targetId;
    const target = `${event.resourceId}\n${event.targetId}`;
    const own = targetsOf.get(instance) ?? new Set();
    const served = own.size > 0;
    if (meaning === 'serving') own.add(target);
    else own.delete(target);
    if (own.size > 0) targetsOf.set(instance, own);
    else targetsOf.delete(instance);
    return served === own.size > 0
      ? []
      : [{ from: event.at.getTime(), instances: new Set(targetsOf.keys()) }];
  });
}
