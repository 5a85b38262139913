import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import type { Occurrence } from '../readOccurrences';
import type { WorkloadObjects } from '../../objects/types';
import type { ActivityContext } from './ActivityContext';
import { describeCreateFailures } from './createFailures';
import { describeNodeAdditions } from './nodeAdditions';
import { parseReplicaChanges } from './parseReplicaChanges';
import { parseRescales } from './parseRescales';
import { readForcedRemovals } from './readForcedRemovals';
import { describeRemovals, describeReplacements } from './removals';
import { describeReplicaChanges } from './replicaChanges';
import { describeRescales } from './rescales';
import { describeRestarts } from './restarts';
import { describeCreateFailure, describeRollout } from './rollouts';

/** What may still change an activity that is already stored. */
const OVERLAP_MS = 15 * 60_000;

const DESCRIBERS: ReadonlyArray<
  (context: ActivityContext) => ScalingActivity[]
> = [
  describeRescales,
  describeReplicaChanges,
  describeRollout,
  describeCreateFailure,
  describeCreateFailures,
  describeRemovals,
  describeReplacements,
  describeRestarts,
  describeNodeAdditions,
];

/**
 * All activities since a time, ascending. Each has the same id in every
 * observation, so observing it again adds nothing to the history.
 */
export function describeActivities(
  input: {
    objects: WorkloadObjects;
    occurrences: readonly Occurrence[];
    now: Date;
  },
  since: Date | undefined,
): ScalingActivity[] {
  const { objects, occurrences } = input;
  const context: ActivityContext = {
    ...input,
    replicaChanges: parseReplicaChanges(occurrences),
    rescales: parseRescales(occurrences),
    forcedRemovals: readForcedRemovals(objects, occurrences),
  };
  const earliest = since && since.getTime() - OVERLAP_MS;
  return DESCRIBERS.flatMap(describe => describe(context))
    .filter(activity => isNews(activity, earliest))
    .sort(byStart);
}

function isNews(
  { startedAt, endedAt, status }: ScalingActivity,
  earliest: number | undefined,
): boolean {
  if (earliest === undefined) return true;
  // What has no end may have begun long ago and change now.
  if (!endedAt && status !== 'successful') return true;
  return Date.parse(endedAt ?? startedAt) >= earliest;
}

function byStart(a: ScalingActivity, b: ScalingActivity): number {
  return (
    Date.parse(a.startedAt) - Date.parse(b.startedAt) ||
    (a.activityId < b.activityId ? -1 : 1)
  );
}
