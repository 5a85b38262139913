import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import { labelOf, listAt, nameOf, textAt, timeAt } from '../fields';
import type { Occurrence } from '../readOccurrences';
import { earlierNumbers } from './currentRevision';
import { parseReplicaChanges } from './parseReplicaChanges';

/** When a rollout began, and how that is known. */
interface RolloutStart {
  at: Date;
  /** Whether the same start is found in every observation. */
  isLasting: boolean;
}

/**
 * When the rollout of a revision began. An undo uses a revision again that was
 * created long before; its traces are the event of the first new pods, and the
 * pods themselves until they are replaced.
 */
export function startOfRollout(
  revision: WatchedObject,
  {
    objects,
    occurrences,
  }: { objects: WorkloadObjects; occurrences: readonly Occurrence[] },
): RolloutStart | undefined {
  const created = createdAt(revision);
  const later = latest(
    objects.revisions.filter(each => each !== revision).map(createdAt),
  );
  const isUndo =
    earlierNumbers(revision).length > 0 ||
    (created && later && later > created);
  if (!isUndo) return created && { at: created, isLasting: true };
  const scaledUp = parseReplicaChanges(occurrences)
    .filter(each => each.revision === nameOf(revision) && each.from === 0)
    .at(-1)?.occurrence.at;
  if (scaledUp) return { at: scaledUp, isLasting: true };
  const firstPod = earliest(
    objects.pods
      .filter(pod => isOf(revision, pod))
      .map(createdAt)
      .filter(at => at && (!later || at >= later)),
  );
  return firstPod && { at: firstPod, isLasting: false };
}

function createdAt(object: WatchedObject): Date | undefined {
  return timeAt(object, 'metadata', 'creationTimestamp');
}

/** A label names the revision of a StatefulSet or DaemonSet, an owner that of the others. */
const HASH = 'controller-revision-hash';

function isOf(revision: WatchedObject, pod: WatchedObject): boolean {
  const uid = textAt(revision, 'metadata', 'uid');
  const hash = labelOf(pod, HASH);
  return (
    (hash !== undefined &&
      (hash === nameOf(revision) || hash === labelOf(revision, HASH))) ||
    (uid !== undefined &&
      listAt(pod, 'metadata', 'ownerReferences').some(
        owner => textAt(owner, 'uid') === uid,
      ))
  );
}

function latest(times: ReadonlyArray<Date | undefined>): Date | undefined {
  const known = times.flatMap(time => (time ? [time.getTime()] : []));
  return known.length > 0 ? new Date(Math.max(...known)) : undefined;
}

function earliest(times: ReadonlyArray<Date | undefined>): Date | undefined {
  const known = times.flatMap(time => (time ? [time.getTime()] : []));
  return known.length > 0 ? new Date(Math.min(...known)) : undefined;
}
