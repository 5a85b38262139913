import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import { annotationOf, nameOf, timeAt } from '../fields';
import { kedaPauseOf } from '../scaling/kedaPause';
import type { ActivityContext } from './ActivityContext';
import {
  isSameChange,
  mayBeRepeated,
  type ReplicaChange,
} from './parseReplicaChanges';
import { rolloutProgress } from './rolloutProgress';
import { toActivity } from './toActivity';

/** An event of an autoscaler that is later than that of the Deployment arrives by then. */
const SETTLED_MS = 10_000;
/** How long a cluster keeps an event that is not repeated, by default (kube-apiserver, --event-ttl). */
const EVENTS_KEPT_MS = 60 * 60_000;
/** After an undo, the other ReplicaSet of the rollout changes by then. */
const UNDO_SETTLED_MS = 60_000;
/** A rollout changes the sizes of two ReplicaSets in turn. */
export const ROLLOUT_STEP_MS = 10 * 60_000;

/**
 * Changes of the size that no autoscaler and no rollout explains: someone, or a
 * tool, changed `spec.replicas`.
 */
export function describeReplicaChanges({
  objects,
  replicaChanges,
  rescales,
  now,
}: ActivityContext): ScalingActivity[] {
  return replicaChanges
    .filter(change => isSettled(change, objects, now))
    .filter(change => !isOfRollout(change, replicaChanges, objects))
    .filter(change => !isOfArgo(change, objects.workload))
    .filter(change => !rescales.some(each => isSameChange(change, each)))
    .map(change => describeChange(change, { objects, rescales, now }));
}

function describeChange(
  change: ReplicaChange,
  {
    objects,
    rescales,
    now,
  }: Pick<ActivityContext, 'objects' | 'rescales' | 'now'>,
): ScalingActivity {
  const { occurrence, from, to } = change;
  const { freshAt, scaledObject } = objects;
  const isHeld = kedaPauseOf(scaledObject)?.replicas === to;
  // An autoscaler or a rollout that cannot be read may have done it, or an
  // autoscaler whose event is gone or no longer tells the time.
  const isManual =
    isHeld ||
    (now.getTime() - occurrence.at.getTime() <= EVENTS_KEPT_MS &&
      freshAt.horizontalpodautoscalers !== undefined &&
      freshAt.replicasets !== undefined &&
      !rescales.some(each => mayBeRepeated(change, each)));
  return toActivity(
    {
      activityId: occurrence.id,
      kind: 'capacity-change',
      status: 'successful',
      causeKind: isManual ? 'manual' : 'unknown',
      cause: isHeld
        ? { code: 'scaled-to-paused', values: { replicas: to } }
        : {
            code: isManual ? 'scaled-by-spec' : 'scaled-by-something',
            values: {},
          },
      at: occurrence.at,
      endedAt: occurrence.at,
      fromCapacity: from,
      toCapacity: to,
      description: occurrence.message,
    },
    now,
  );
}

/** Whether the events that explain a change have had time to arrive. */
function isSettled(
  change: ReplicaChange,
  objects: WorkloadObjects,
  now: Date,
): boolean {
  const { hpa, scaledObject, revisions } = objects;
  const ageMs = now.getTime() - change.occurrence.at.getTime();
  if (mayBeUndo(change, revisions)) return ageMs >= UNDO_SETTLED_MS;
  return (!hpa && !scaledObject) || ageMs >= SETTLED_MS;
}

/** An undo uses a ReplicaSet of an earlier revision again. */
function mayBeUndo(
  { from, revision }: ReplicaChange,
  revisions: readonly WatchedObject[],
): boolean {
  const own = revisions.find(each => nameOf(each) === revision);
  const history = annotationOf(
    own,
    'deployment.kubernetes.io/revision-history',
  );
  return from === 0 && history !== undefined;
}

/**
 * A rollout creates a ReplicaSet, or changes another one of the workload
 * shortly before. What happened before the end of the last rollout says nothing
 * about a change after it.
 */
function isOfRollout(
  change: ReplicaChange,
  changes: readonly ReplicaChange[],
  { revisions, workload }: WorkloadObjects,
): boolean {
  const { at } = change.occurrence;
  const last = rolloutProgress(workload);
  const ended = last.status === 'successful' ? last.endedAt : undefined;
  const isBefore = (time: Date | undefined, toleranceMs: number) => {
    if (!time || (ended && time <= ended && at > ended)) return false;
    const ageMs = at.getTime() - time.getTime();
    return ageMs >= -toleranceMs && ageMs <= ROLLOUT_STEP_MS;
  };
  const tolerance = mayBeUndo(change, revisions) ? UNDO_SETTLED_MS : 1_000;
  return (
    revisions.some(each =>
      isBefore(timeAt(each, 'metadata', 'creationTimestamp'), 1_000),
    ) ||
    changes.some(
      ({ revision, occurrence }) =>
        revision !== change.revision && isBefore(occurrence.at, tolerance),
    )
  );
}

/**
 * The steps of a canary of Argo may be hours apart: until the rollout is done,
 * each change is one of its steps.
 */
function isOfArgo({ occurrence }: ReplicaChange, workload: WatchedObject) {
  if (occurrence.kind !== 'Rollout') return false;
  const { status, endedAt } = rolloutProgress(workload);
  return status !== 'successful' || !endedAt || occurrence.at <= endedAt;
}
