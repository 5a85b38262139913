import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import type { DetectionInput, TargetEvent } from './types';

/** A time in which one target failed. Milliseconds since 1970. */
export interface TargetFailure {
  resourceId: string;
  targetId: string;
  instanceId?: string;
  zone?: string;
  from: number;
  /** When the target was healthy again or the load had its full strength back; absent while it lasts. */
  to?: number;
  /** When the target itself was healthy again. */
  returnedAt?: number;
  flaps: number;
  reasonCode?: string;
  reason?: string;
  /** It was there, healthy, and then it was not: nobody saw it fail. */
  vanished: boolean;
  /** When it was first seen healthy before it failed its checks; absent if it did not fail by checks. */
  healthySince?: number;
}

/** The states of all targets of a target group over time. */
export interface GroupHistory {
  resourceId: string;
  /** Ascending. */
  events: TargetEvent[];
}

/** How long after a recovery another failure of the same part is the same episode. */
export const flapWindowMs = 10 * 60_000;
/** How far the clocks of different sources may be apart. */
export const skewMs = 2 * 60_000;

const failed: ReadonlySet<string> = new Set([
  'unhealthy',
  'unavailable',
  'unused',
  'unknown',
]);

/** Sorts events by target group; the same event given twice counts once. */
export function groupHistories(events: readonly TargetEvent[]): GroupHistory[] {
  const unique = new Map(
    events.map(e => [
      [e.resourceId, e.targetId, +e.at, e.state, e.reasonCode].join('\n'),
      e,
    ]),
  );
  const sorted = [...unique.entries()]
    .sort(([a, x], [b, y]) => +x.at - +y.at || (a < b ? -1 : 1))
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

/** Number of healthy targets after each moment at which it changes, ascending. */
export function healthyCounts(
  events: readonly TargetEvent[],
): Array<{ at: number; healthy: number }> {
  const healthy = new Set<string>();
  const counts: Array<{ at: number; healthy: number }> = [];
  for (const event of events) {
    if (event.state === 'healthy') healthy.add(event.targetId);
    else healthy.delete(event.targetId);
    const last = counts.at(-1);
    if (last?.at === +event.at) last.healthy = healthy.size;
    else counts.push({ at: +event.at, healthy: healthy.size });
  }
  return counts;
}

/**
 * Finds the times in which targets of a group failed. A target that drains
 * first is taken out on purpose; one that was never healthy does not fail over.
 */
export function findTargetFailures(
  history: GroupHistory,
  input: Pick<DetectionInput, 'activities' | 'desired' | 'until'>,
): TargetFailure[] {
  const counts = healthyCounts(history.events);
  const byTarget = new Map<string, TargetEvent[]>();
  for (const event of history.events) {
    const own = byTarget.get(event.targetId);
    if (own) own.push(event);
    else byTarget.set(event.targetId, [event]);
  }
  return [...byTarget.values()]
    .flatMap(events =>
      mergeFlaps(
        failuresOf(events, counts, input).map(failure => ({
          ...failure,
          resourceId: history.resourceId,
        })),
      ),
    )
    .sort((a, b) => a.from - b.from || (a.targetId < b.targetId ? -1 : 1));
}

function failuresOf(
  events: TargetEvent[],
  counts: ReturnType<typeof healthyCounts>,
  input: Pick<DetectionInput, 'activities' | 'desired' | 'until'>,
): TargetFailure[] {
  const failures: TargetFailure[] = [];
  let before: TargetEvent | undefined;
  let open: TargetFailure | undefined;
  for (const event of events) {
    const at = +event.at;
    if (open) {
      if (event.state === 'healthy') {
        open.to = Math.min(open.to ?? at, at);
        open.returnedAt = at;
        open = undefined;
      } else if (failed.has(event.state) && !open.reasonCode) {
        open.reasonCode = event.reasonCode;
        open.reason = event.reason;
      }
    } else if (before?.state === 'healthy') {
      const vanished = event.state === 'gone';
      if (
        failed.has(event.state) ||
        (vanished && !isScaleIn(before, at, input))
      ) {
        open = {
          resourceId: event.resourceId,
          targetId: event.targetId,
          instanceId: event.instanceId ?? before.instanceId,
          zone: event.zone ?? before.zone,
          from: at,
          to: strengthRegained(at, counts, input),
          flaps: 0,
          reasonCode: event.reasonCode,
          reason: event.reason,
          vanished,
          healthySince: event.state === 'unhealthy' ? +before.at : undefined,
        };
        failures.push(open);
      }
    }
    before = event;
  }
  return failures;
}

/**
 * When as many targets were healthy again as before, or as many as are wanted by
 * then: at once, if the replacement was healthy by the same look.
 */
export function strengthRegained(
  from: number,
  counts: ReturnType<typeof healthyCounts>,
  { desired }: Pick<DetectionInput, 'desired'>,
): number | undefined {
  const index = counts.findIndex(({ at }) => at >= from);
  const before = counts[index - 1]?.healthy ?? 0;
  const wantedAt = (at: number) => {
    const value = valueAt(desired, at);
    return value === undefined || value <= 0 ? before : Math.min(before, value);
  };
  return counts
    .slice(Math.max(index, 0))
    .find(({ at, healthy }) => at >= from && healthy >= wantedAt(at))?.at;
}

/** Whether a healthy target left because the group was made smaller or exchanged. */
function isScaleIn(
  target: TargetEvent,
  at: number,
  { activities, desired }: Pick<DetectionInput, 'activities' | 'desired'>,
): boolean {
  const ended = activities.filter(
    activity =>
      activity.kind === 'terminate' &&
      Math.abs(Date.parse(activity.startedAt) - at) <= 5 * 60_000 &&
      (!activity.instanceIds?.length ||
        activity.instanceIds.includes(target.instanceId ?? target.targetId)),
  );
  if (ended.length > 0) {
    return ended.every(({ causeKind }) => causeKind !== 'health-replacement');
  }
  const before = valueAt(desired, at - 5 * 60_000);
  const now = valueAt(desired, at + skewMs);
  return before !== undefined && now !== undefined && now < before;
}

function valueAt(
  desired: DetectionInput['desired'],
  at: number,
): number | undefined {
  let value: number | undefined;
  let newest = -Infinity;
  for (const change of desired) {
    if (+change.at > at || +change.at < newest) continue;
    value =
      +change.at === newest && value !== undefined
        ? Math.max(value, change.value)
        : change.value;
    newest = +change.at;
  }
  return value;
}

/** Failures of one target that follow each other closely are one. */
function mergeFlaps(failures: TargetFailure[]): TargetFailure[] {
  const merged: TargetFailure[] = [];
  for (const failure of failures) {
    const last = merged.at(-1);
    if (
      last &&
      (last.to === undefined || failure.from - last.to <= flapWindowMs)
    ) {
      last.to = failure.to;
      last.returnedAt = failure.returnedAt;
      last.flaps += 1;
      last.reasonCode ??= failure.reasonCode;
      last.reason ??= failure.reason;
    } else {
      merged.push({ ...failure });
    }
  }
  return merged;
}

/**
 * Whether an activity replaces one of the instances. One that seems to have
 * begun before the failure must name an instance of it: only then it is the
 * clocks that differ, and not another failure's replacement.
 */
export function isReplacement(
  activity: ScalingActivity,
  episode: { from: number; to: number; instanceIds: ReadonlySet<string> },
): boolean {
  const at = Date.parse(activity.startedAt);
  if (activity.causeKind !== 'health-replacement') return false;
  if (at > episode.to + skewMs || at < episode.from - skewMs) return false;
  const named = activity.instanceIds?.some(id => episode.instanceIds.has(id));
  return named || (activity.kind === 'launch' && at >= episode.from);
}
