import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import { labelOf, listAt, nameOf, textAt, timeAt } from '../fields';
import type { Occurrence } from '../readOccurrences';
import { earlierNumbers } from './currentRevision';
import { parseReplicaChanges, type ReplicaChange } from './parseReplicaChanges';

/** When a rollout began, and how that is known. */
interface RolloutStart {
  at: Date;
  /** Whether the same start is found in every observation. */
  isLasting: boolean;
}

/**
 * When the rollout of a revision began. An undo uses a revision again that was
 * created before the one that it undoes; its traces are the events of the sizes
 * that it changed, and the pods themselves until they are replaced.
 */
export function startOfRollout(
  revision: WatchedObject,
  {
    objects,
    occurrences,
  }: { objects: WorkloadObjects; occurrences: readonly Occurrence[] },
): RolloutStart | undefined {
  const created = createdAt(revision);
  const undone = newest(objects.revisions.filter(each => each !== revision));
  const later = undone && createdAt(undone);
  const isUndo =
    earlierNumbers(revision).length > 0 ||
    (created && later && later > created);
  if (!isUndo) return created && { at: created, isLasting: true };
  const changed = changeOfUndo(revision, undone, occurrences);
  if (changed) return { at: changed, isLasting: true };
  const firstPod = earliest(
    objects.pods
      .filter(pod => isOf(revision, pod))
      .map(createdAt)
      .filter(at => at && (!later || at >= later)),
  );
  return firstPod && { at: firstPod, isLasting: false };
}

/**
 * The first event of an undo: it adds pods of its revision, or only removes
 * those of the undone one, if that never replaced any.
 */
function changeOfUndo(
  revision: WatchedObject,
  undone: WatchedObject | undefined,
  occurrences: readonly Occurrence[],
): Date | undefined {
  const later = undone && createdAt(undone);
  const changes = parseReplicaChanges(occurrences).filter(
    ({ occurrence }) => !later || occurrence.at >= later,
  );
  const ofName = (owner: WatchedObject | undefined) =>
    changes.filter(each => owner && each.revision === nameOf(owner));
  const own = ofName(revision);
  const first =
    own.filter(({ from }) => from === 0).at(-1) ??
    own.find(isIncrease) ??
    ofName(undone).find(change => change.to < (change.from ?? 0));
  return first?.occurrence.at;
}

function isIncrease({ from, to }: ReplicaChange): boolean {
  return from !== undefined && to > from;
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

function newest(objects: readonly WatchedObject[]): WatchedObject | undefined {
  const timeOf = (object: WatchedObject) => createdAt(object)?.getTime() ?? 0;
  return [...objects].sort((a, b) => timeOf(a) - timeOf(b)).at(-1);
}

function earliest(times: ReadonlyArray<Date | undefined>): Date | undefined {
  const known = times.flatMap(time => (time ? [time.getTime()] : []));
  return known.length > 0 ? new Date(Math.min(...known)) : undefined;
}
