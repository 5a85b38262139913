import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject } from '../../objects/types';
import { nameOf, shortenName, timeAt } from '../fields';
import type { Occurrence } from '../readOccurrences';
import { workloadKindOf } from '../scaling/workloadKind';
import type { ActivityContext } from './ActivityContext';
import type { Removal } from './readForcedRemovals';
import { ROLLOUT_STEP_MS } from './replicaChanges';
import { toActivity } from './toActivity';

/**
 * `Deleted pod: web-5d8-x2k` of ReplicaSets and DaemonSets
 * (pkg/controller/controller_utils.go), `delete Pod web-0 in StatefulSet web
 * successful` (pkg/controller/statefulset/stateful_pod_control.go).
 */
const DELETED = /^(?:Deleted pod: |delete Pod )(\S{1,253})/i;
/** A StatefulSet deletes a pod that was evicted before it creates it again. */
const SAME_REMOVAL_MS = 10 * 60_000;

/** Controllers that create and delete pods. */
const CONTROLLERS: ReadonlySet<string> = new Set([
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
]);

/** Pods that their controller deleted, to scale in or to roll out. */
function plainRemovals(context: ActivityContext): Removal[] {
  const { forcedRemovals } = context;
  return context.occurrences.flatMap(occurrence => {
    const { kind, reason, message, at } = occurrence;
    if (reason !== 'SuccessfulDelete' || !CONTROLLERS.has(kind)) return [];
    const pod = DELETED.exec(message)?.[1];
    if (!pod || forcedRemovals.some(other => isSame(other, pod, at))) return [];
    const isRollout = isOfRollout(occurrence, context);
    return [
      {
        id: occurrence.id,
        pod: shortenName(pod),
        at,
        description: message,
        causeKind: isRollout ? 'instance-refresh' : 'unknown',
        cause: {
          code: isRollout ? 'pod-removed-rollout' : 'pod-removed',
          values: {},
        },
      },
    ];
  });
}

function isSame(other: Removal, pod: string, at: Date): boolean {
  return (
    other.pod === pod &&
    Math.abs(at.getTime() - other.at.getTime()) <= SAME_REMOVAL_MS
  );
}

/**
 * Whether a rollout deleted the pod: a newer revision existed, or the undo of
 * its revision has just added pods of another one.
 */
function isOfRollout(
  { name, at }: Occurrence,
  { objects, replicaChanges }: ActivityContext,
): boolean {
  const created = (revision: WatchedObject) =>
    timeAt(revision, 'metadata', 'creationTimestamp');
  const own = objects.revisions.find(revision => nameOf(revision) === name);
  const ownTime = own && created(own);
  if (!ownTime) return false;
  const isNewer = (revision: WatchedObject) => {
    const time = created(revision);
    return time !== undefined && time > ownTime && time <= at;
  };
  return (
    objects.revisions.some(isNewer) ||
    replicaChanges.some(change => {
      const ageMs = at.getTime() - change.occurrence.at.getTime();
      const isIncrease = change.to > (change.from ?? 0);
      return (
        change.revision !== name &&
        isIncrease &&
        change.occurrence.at >= ownTime &&
        ageMs >= -1_000 &&
        ageMs <= ROLLOUT_STEP_MS
      );
    })
  );
}

/** All removals as activities, one for each pod. */
export function describeRemovals(context: ActivityContext): ScalingActivity[] {
  return [...context.forcedRemovals, ...plainRemovals(context)].map(removal =>
    toActivity(
      {
        activityId: removal.id,
        kind: 'terminate',
        status: 'successful',
        causeKind: removal.causeKind,
        cause: removal.cause,
        at: removal.at,
        endedAt: removal.at,
        description: removal.description,
        instanceIds: [removal.pod],
      },
      context.now,
    ),
  );
}

/** `Created pod: web-5d8-x2k`, `create Pod web-0 in StatefulSet web successful`. */
const CREATED = /^(?:Created pod: |create Pod )(\S{1,253})/i;
/** A controller replaces a pod at once, a StatefulSet when the old one is gone. */
const REPLACED_MS = 60_000;
const STATEFUL_REPLACED_MS = 10 * 60_000;

/** Pods that replace the ones that were taken away. */
export function describeReplacements(
  context: ActivityContext,
): ScalingActivity[] {
  const isStateful = workloadKindOf(context.objects.workload) === 'StatefulSet';
  const windowMs = isStateful ? STATEFUL_REPLACED_MS : REPLACED_MS;
  return context.occurrences.flatMap(({ id, kind, reason, message, at }) => {
    const pod = CREATED.exec(message)?.[1];
    const isCreated = reason === 'SuccessfulCreate' && CONTROLLERS.has(kind);
    if (!isCreated || !pod) return [];
    const cause = context.forcedRemovals.find(removal => {
      const delayMs = at.getTime() - removal.at.getTime();
      const fits = delayMs >= -1_000 && delayMs <= windowMs;
      return fits && (!isStateful || removal.pod === pod);
    });
    if (!cause) return [];
    return [
      toActivity(
        {
          activityId: id,
          kind: 'launch',
          status: 'successful',
          causeKind: cause.causeKind,
          cause: { code: 'pod-replaced', values: {} },
          at,
          endedAt: at,
          description: message,
          instanceIds: [shortenName(pod)],
        },
        context.now,
      ),
    ];
  });
}
