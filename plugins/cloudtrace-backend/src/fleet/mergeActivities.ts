import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';

/** A scaling activity as stored. */
export interface StoredActivity {
  resourceId: number;
  activity: ScalingActivity;
}

/** Maximum time between the starts of activities that belong to one change. */
const SAME_CHANGE_MS = 60_000;

/**
 * Merges activities that belong to one change: a provider reports a launch for
 * each instance, but "by hand, 0 → 3" happened once. The first activity
 * represents all, with the instances of all.
 *
 * @param stored - Newest first, like the result
 */
export function mergeActivities(
  stored: readonly StoredActivity[],
): StoredActivity[] {
  const merged: StoredActivity[] = [];
  const open = new Map<string, StoredActivity>();
  for (const { resourceId, activity } of stored) {
    const key = changeOf(resourceId, activity);
    const later = key === undefined ? undefined : open.get(key);
    if (later && isClose(activity, later.activity)) {
      later.activity = unite(activity, later.activity);
      continue;
    }
    const own = { resourceId, activity };
    merged.push(own);
    if (key !== undefined) open.set(key, own);
  }
  return merged;
}

/**
 * Properties that the activities of one change share; `undefined` if the change
 * is unknown or consists of one activity.
 */
function changeOf(
  resourceId: number,
  activity: ScalingActivity,
): string | undefined {
  const { kind, causeKind, status, fromCapacity, toCapacity } = activity;
  if (fromCapacity === undefined || toCapacity === undefined) return undefined;
  if (Math.abs(toCapacity - fromCapacity) < 2) return undefined;
  const { policyName, alarmName } = activity;
  return JSON.stringify([
    ...[resourceId, kind, causeKind, status],
    ...[fromCapacity, toCapacity, policyName, alarmName],
  ]);
}

function isClose(a: ScalingActivity, b: ScalingActivity): boolean {
  return (
    Math.abs(Date.parse(a.startedAt) - Date.parse(b.startedAt)) <=
    SAME_CHANGE_MS
  );
}

function unite(first: ScalingActivity, later: ScalingActivity) {
  const ends = [first.endedAt, later.endedAt];
  return {
    ...first,
    // It lasts until the last activity ends.
    endedAt: ends.includes(undefined)
      ? undefined
      : ends.sort((a, b) => Date.parse(a!) - Date.parse(b!))[1],
    instanceIds: [...(first.instanceIds ?? []), ...(later.instanceIds ?? [])],
  };
}
