import type {
  CodedMessage,
  ScalingActivity,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject } from '../../objects/types';
import {
  annotationOf,
  conditionOf,
  nameOf,
  shortenName,
  shortenText,
  textAt,
  timeAt,
} from '../fields';
import type { ActivityContext } from './ActivityContext';
import { currentRevision, imagesOf, revisionNumber } from './currentRevision';
import { parseReplicaChanges } from './parseReplicaChanges';
import { replicaFailure, rolloutProgress } from './rolloutProgress';
import { toActivity } from './toActivity';

/**
 * The rollout of the current revision. How an earlier one ended is not in the
 * cluster: it was reported while it was the current one.
 */
export function describeRollout(context: ActivityContext): ScalingActivity[] {
  const { workload } = context.objects;
  const revision = currentRevision(context.objects);
  const at = revision && startOf(revision, context);
  if (!revision || !at) return [];
  const number = revisionNumber(revision);
  const uid = textAt(revision, 'metadata', 'uid') ?? nameOf(revision) ?? '';
  return [
    toActivity(
      {
        activityId: shortenName(`rollout/${uid}/${number ?? ''}`),
        kind: 'other',
        causeKind: 'instance-refresh',
        cause: causeOf(number, imagesOf(revision, workload)),
        at,
        ...rolloutProgress(workload),
        description: nameOf(revision),
      },
      context.now,
    ),
  ];
}

function causeOf(number: string | undefined, images: string): CodedMessage {
  const image = images || '?';
  return number
    ? {
        code: 'rolled-out',
        values: { revision: shortenText(number), image },
      }
    : { code: 'rolled-out-some', values: { image } };
}

/** A ReplicaSet that an undo uses again began its rollout when it was scaled up. */
function startOf(
  revision: WatchedObject,
  { objects, occurrences }: ActivityContext,
): Date | undefined {
  const history = annotationOf(
    revision,
    'deployment.kubernetes.io/revision-history',
  );
  if (history === undefined) {
    return timeAt(revision, 'metadata', 'creationTimestamp');
  }
  const ups = parseReplicaChanges(occurrences).filter(
    change => change.revision === nameOf(revision) && change.from === 0,
  );
  return (
    ups.at(-1)?.occurrence.at ??
    timeAt(conditionOf(objects.workload, 'Progressing'), 'lastUpdateTime')
  );
}

/**
 * Pods that cannot be created although no rollout is in progress, e.g. because
 * the autoscaler wants more than the quota allows.
 */
export function describeCreateFailure({
  objects,
  now,
}: ActivityContext): ScalingActivity[] {
  const { workload } = objects;
  const message = replicaFailure(workload);
  const condition = conditionOf(workload, 'ReplicaFailure');
  const at = timeAt(condition, 'lastTransitionTime');
  const isRolledOut = rolloutProgress(workload).status === 'successful';
  if (!message || !at || !isRolledOut) return [];
  const uid = textAt(workload, 'metadata', 'uid') ?? nameOf(workload) ?? '';
  return [
    toActivity(
      {
        activityId: shortenName(`create-failed/${uid}/${at.toISOString()}`),
        kind: 'launch',
        status: 'failed',
        vendorStatus: 'ReplicaFailure',
        causeKind: 'unknown',
        cause: { code: 'pod-create-failed', values: {} },
        at,
        endedAt: at,
        message,
      },
      now,
    ),
  ];
}
