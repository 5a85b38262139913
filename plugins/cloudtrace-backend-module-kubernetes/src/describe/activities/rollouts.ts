import type {
  CodedMessage,
  ScalingActivity,
} from '@cloudtrace/plugin-cloudtrace-common';
import {
  conditionOf,
  hasObject,
  nameOf,
  shortenName,
  shortenText,
  textAt,
  timeAt,
} from '../fields';
import type { ActivityContext } from './ActivityContext';
import { currentRevision, imagesOf, revisionNumber } from './currentRevision';
import { rolloutId } from './rolloutId';
import { replicaFailure, rolloutProgress } from './rolloutProgress';
import { startOfRollout } from './rolloutStart';
import { toActivity } from './toActivity';

/**
 * The rollout of the current revision. How an earlier one ended is not in the
 * cluster: it was reported while it was the current one, or is in
 * `rolloutEnds.ts`.
 */
export function describeRollout(context: ActivityContext): ScalingActivity[] {
  const { workload } = context.objects;
  const revision = currentRevision(context.objects);
  const start = revision && startOfRollout(revision, context);
  // Without a status, the controller has not begun, or it cannot be read.
  if (!revision || !start || !hasObject(workload, 'status')) return [];
  const progress = rolloutProgress(workload);
  // Pods are replaced later, which is not the beginning of a rollout.
  if (progress.status === 'successful' && !start.isLasting) return [];
  const number = revisionNumber(revision);
  return [
    toActivity(
      {
        activityId: rolloutId(revision, number),
        kind: 'rollout',
        causeKind: 'instance-refresh',
        cause: causeOf(number, imagesOf(revision, workload)),
        at: start.at,
        ...progress,
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
