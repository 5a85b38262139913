import {
  targetMeaning,
  type TargetMeaning,
} from '@cloudtrace/plugin-cloudtrace-common';
import {
  servingCounts,
  strengthRegained,
  valueAt,
  type GroupHistory,
  type ServingCount,
} from './groupHistories';
import { isForced, isIntended } from './scalingCauses';
import type { DetectionInput, TargetEvent } from './types';

/** Why a failure ended. */
export type FailureEnd =
  /** The target, or as many targets as before, served again. */
  | 'serving'
  /** The target was taken out of use. */
  | 'not-in-use'
  /** The target is no longer checked, so its state is unknown. */
  | 'not-measured';

/** A period in which one target failed. Milliseconds since 1970. */
export interface TargetFailure {
  resourceId: string;
  targetId: string;
  instanceId?: string;
  zone?: string;
  from: number;
  /** When the target served again or the group was back at full strength; absent while ongoing. */
  to?: number;
  /** When the target itself served again or left the service. */
  returnedAt?: number;
  endedBy: FailureEnd;
  flaps: number;
  reasonCode?: string;
  reason?: string;
  /** The target was healthy and then disappeared without a failed check. */
  vanished: boolean;
  /** The target was not measured between the last time it served and the failure. */
  startUnseen: boolean;
  /**
   * When the target was first reported healthy before its checks failed; absent
   * if no checks failed.
   */
  healthySince?: number;
  /** When it first served, as far as known. */
  firstServedAt: number;
}

/** A new failure of the same part within this time after a recovery belongs to the same episode. */
export const FLAP_WINDOW_MS = 10 * 60_000;
/** How far apart the clocks of different sources may be. */
export const SKEW_MS = 2 * 60_000;

type Context = Pick<DetectionInput, 'activities' | 'desired' | 'until'>;

/**
 * Finds the periods in which targets of a group failed. A target that drains
 * first is removed on purpose. One that was never healthy cannot fail.
 */
export function findTargetFailures(
  history: GroupHistory,
  input: Context,
): TargetFailure[] {
  const counts = servingCounts(history.events);
  const byTarget = new Map<string, TargetEvent[]>();
  for (const event of history.events) {
    const own = byTarget.get(event.targetId);
    if (own) own.push(event);
    else byTarget.set(event.targetId, [event]);
  }
  return [...byTarget.values()]
    .flatMap(events => mergeFlaps(failuresOf(events, counts, input)))
    .sort((a, b) => a.from - b.from || (a.targetId < b.targetId ? -1 : 1));
}

/** What is known of a target before an event. */
interface Reading {
  /** Its last event that carries information. */
  before?: { event: TargetEvent; meaning: TargetMeaning };
  firstServedAt?: number;
  /** When measurements of it stopped. */
  unmeasuredSince?: number;
}

function failuresOf(
  events: TargetEvent[],
  counts: readonly ServingCount[],
  input: Context,
): TargetFailure[] {
  const failures: TargetFailure[] = [];
  const reading: Reading = {};
  let open: TargetFailure | undefined;
  for (const event of events) {
    const meaning = targetMeaning(event);
    if (meaning === 'not-measured') {
      reading.unmeasuredSince ??= event.at.getTime();
      continue;
    }
    if (meaning === 'serving') reading.firstServedAt ??= event.at.getTime();
    if (open && (meaning === 'serving' || meaning === 'not-in-use')) {
      failures.push(closeFailure(open, event, meaning));
      open = undefined;
    } else if (open) {
      open = withReason(open, event, meaning);
    } else if (begins(reading, event, meaning, input)) {
      open = {
        ...openFailure(reading, event, meaning),
        to: strengthRegained(event.at.getTime(), counts, input),
      };
    }
    reading.before = { event, meaning };
    reading.unmeasuredSince = undefined;
  }
  if (open) failures.push(endUnmeasured(open, reading, input.until.getTime()));
  return failures;
}

function begins(
  { before }: Reading,
  event: TargetEvent,
  meaning: TargetMeaning,
  input: Context,
): boolean {
  if (before?.meaning !== 'serving') return false;
  if (meaning === 'failed') return true;
  return (
    meaning === 'lost' && !isScaleIn(before.event, event.at.getTime(), input)
  );
}

function openFailure(
  { before, firstServedAt, unmeasuredSince }: Reading,
  event: TargetEvent,
  meaning: TargetMeaning,
): TargetFailure {
  const last = before!.event;
  return {
    resourceId: event.resourceId,
    targetId: event.targetId,
    instanceId: event.instanceId ?? last.instanceId,
    zone: event.zone ?? last.zone,
    from: event.at.getTime(),
    endedBy: 'serving',
    flaps: 0,
    reasonCode: event.reasonCode,
    reason: event.reason,
    vanished: meaning === 'lost',
    startUnseen: unmeasuredSince !== undefined,
    healthySince: meaning === 'failed' ? last.at.getTime() : undefined,
    firstServedAt: firstServedAt ?? last.at.getTime(),
  };
}

function closeFailure(
  open: TargetFailure,
  event: TargetEvent,
  meaning: 'serving' | 'not-in-use',
): TargetFailure {
  const at = event.at.getTime();
  return {
    ...open,
    endedBy: open.to === undefined || at < open.to ? meaning : open.endedBy,
    to: Math.min(open.to ?? at, at),
    returnedAt: at,
  };
}

/** Adds the reason that a later check reports if there is none yet. */
function withReason(
  open: TargetFailure,
  { reasonCode, reason }: TargetEvent,
  meaning: TargetMeaning,
): TargetFailure {
  if (meaning !== 'failed' || open.reasonCode) return open;
  return { ...open, reasonCode, reason };
}

/**
 * A failure that has not been measured for long ends; a single poll without a
 * response does not end it.
 */
function endUnmeasured(
  open: TargetFailure,
  { unmeasuredSince }: Reading,
  until: number,
): TargetFailure {
  if (unmeasuredSince === undefined) return open;
  if (until - unmeasuredSince <= FLAP_WINDOW_MS) return open;
  if (open.to !== undefined && open.to <= unmeasuredSince) return open;
  return {
    ...open,
    to: unmeasuredSince,
    returnedAt: unmeasuredSince,
    endedBy: 'not-measured',
  };
}

/** Whether a healthy target left because the group was scaled in or replaced. */
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
  if (ended.some(isForced)) return false;
  if (ended.some(isIntended)) return true;
  const before = valueAt(desired, at - 5 * 60_000);
  const now = valueAt(desired, at + SKEW_MS);
  return before !== undefined && now !== undefined && now < before;
}

/** Failures of one target in quick succession count as one. */
function mergeFlaps(failures: TargetFailure[]): TargetFailure[] {
  const merged: TargetFailure[] = [];
  for (const failure of failures) {
    const last = merged.at(-1);
    if (
      last &&
      (last.to === undefined || failure.from - last.to <= FLAP_WINDOW_MS)
    ) {
      last.to = failure.to;
      last.returnedAt = failure.returnedAt;
      last.endedBy = failure.endedBy;
      last.flaps += 1;
      last.reasonCode ??= failure.reasonCode;
      last.reason ??= failure.reason;
    } else {
      merged.push({ ...failure });
    }
  }
  return merged;
}
