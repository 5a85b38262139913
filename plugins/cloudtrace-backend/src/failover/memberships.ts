import { targetMeaning } from '@cloudtrace/plugin-cloudtrace-common';
import type { GroupHistory } from './groupHistories';

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
  const targetsOf = new Map<string, Set<string>>();
  const memberships: Membership[] = [];
  for (const event of events) {
    const meaning = targetMeaning(event);
    if (meaning === 'not-measured') continue;
    const instance = event.instanceId ?? event.targetId;
    const target = `${event.resourceId}\n${event.targetId}`;
    const own = targetsOf.get(instance) ?? new Set();
    const served = own.size > 0;
    if (meaning === 'serving') own.add(target);
    else own.delete(target);
    if (own.size > 0) targetsOf.set(instance, own);
    else targetsOf.delete(instance);
    if (served !== own.size > 0) {
      append(memberships, event.at.getTime(), new Set(targetsOf.keys()));
    }
  }
  const last = memberships.at(-1);
  if (last) last.to = Math.max(last.from, until);
  return memberships;
}

function append(
  memberships: Membership[],
  at: number,
  instances: ReadonlySet<string>,
) {
  const last = memberships.at(-1);
  if (last?.from === at) {
    last.instances = instances;
    return;
  }
  if (last) last.to = at;
  memberships.push({ from: at, to: at, instances });
}
