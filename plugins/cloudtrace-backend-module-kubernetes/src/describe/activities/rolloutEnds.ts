import type { ActivityEnd } from '@cloudtrace/plugin-cloudtrace-common';
import type { WorkloadObjects } from '../../objects/types';
import { hasObject } from '../fields';
import type { Occurrence } from '../readOccurrences';
import {
  currentRevision,
  earlierNumbers,
  revisionNumber,
} from './currentRevision';
import { rolloutId } from './rolloutId';
import { rolloutProgress } from './rolloutProgress';
import { startOfRollout } from './rolloutStart';

/**
 * Ends of rollouts that may be stored as in progress: that of the current
 * revision once it is done, and those of all others, because a workload rolls
 * out one revision at a time.
 */
export function describeRolloutEnds(context: {
  objects: WorkloadObjects;
  occurrences: readonly Occurrence[];
}): ActivityEnd[] {
  const { objects } = context;
  const current = currentRevision(objects);
  // Without a status, the current revision may be another one already.
  if (!current || !hasObject(objects.workload, 'status')) return [];
  const { status, endedAt } = rolloutProgress(objects.workload);
  const isDone = status === 'successful';
  const replacedAt = startOfRollout(current, context)?.at ?? endedAt;
  const ended: ActivityEnd[] = isDone
    ? [
        {
          activityId: rolloutId(current, revisionNumber(current)),
          status: 'successful',
          endedAt: endedAt?.toISOString(),
        },
      ]
    : [];
  // An undo has no trace before its first new pod.
  if (!isDone && !replacedAt) return ended;
  const replaced = objects.revisions.flatMap(revision => {
    const numbers: Array<string | undefined> = earlierNumbers(revision);
    if (revision !== current) numbers.push(revisionNumber(revision));
    return numbers.map(
      (number): ActivityEnd => ({
        activityId: rolloutId(revision, number),
        status: 'cancelled',
        endedAt: replacedAt?.toISOString(),
      }),
    );
  });
  return [...ended, ...replaced];
}
