import type { ScalingActivityStatus } from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject } from '../../workload/types';
import { conditionOf, countAt, fieldAt, textAt, timeAt } from '../fields';
import { workloadKindOf } from '../scaling/workloadKind';

/** How far the rollout of the current revision is. */
export interface RolloutProgress {
  status: ScalingActivityStatus;
  vendorStatus?: string;
  endedAt?: Date;
  message?: string;
}

/** Reads the progress from the status of a workload. */
export function rolloutProgress(workload: WatchedObject): RolloutProgress {
  switch (workloadKindOf(workload)) {
    case 'Deployment':
      return ofDeployment(workload);
    case 'Rollout':
      return ofRollout(workload);
    case 'StatefulSet':
      return ofStatefulSet(workload);
    case 'DaemonSet':
      return ofDaemonSet(workload);
    default:
      return { status: 'unknown' };
  }
}

/**
 * The condition Progressing (pkg/controller/deployment/progress.go and
 * util/deployment_util.go), and ReplicaFailure if pods cannot be created.
 */
function ofDeployment(deployment: WatchedObject): RolloutProgress {
  const progressing = conditionOf(deployment, 'Progressing');
  const reason = textAt(progressing, 'reason');
  const at = timeAt(progressing, 'lastUpdateTime');
  const isDone = reason === 'NewReplicaSetAvailable';
  const failure = replicaFailure(deployment);
  if (isDone) {
    return { status: 'successful', vendorStatus: reason, endedAt: at };
  }
  if (reason === 'ProgressDeadlineExceeded') {
    return {
      status: 'failed',
      vendorStatus: reason,
      endedAt: at,
      message: failure ?? wordCondition(progressing),
    };
  }
  if (failure) {
    return {
      status: 'failed',
      vendorStatus: 'ReplicaFailure',
      message: failure,
    };
  }
  if (reason === undefined) return ofCounts(deployment);
  const known = PROGRESS_REASONS.has(reason);
  return { status: known ? 'in-progress' : 'unknown', vendorStatus: reason };
}

const PROGRESS_REASONS: ReadonlySet<string> = new Set([
  'ReplicaSetUpdated',
  'NewReplicaSetCreated',
  'FoundNewReplicaSet',
  'ReplicaSetCreateError',
  'DeploymentPaused',
  'DeploymentResumed',
]);

/** The error of a workload whose pods cannot be created, e.g. for a quota. */
export function replicaFailure(workload: WatchedObject): string | undefined {
  const failure = conditionOf(workload, 'ReplicaFailure');
  return textAt(failure, 'status') === 'True'
    ? wordCondition(failure)
    : undefined;
}

function wordCondition(condition: unknown): string {
  return [textAt(condition, 'reason'), textAt(condition, 'message')]
    .filter(Boolean)
    .join(': ');
}

/** Without a deadline, a Deployment has no condition Progressing. */
function ofCounts(deployment: WatchedObject): RolloutProgress {
  const wanted = countAt(deployment, 'spec', 'replicas');
  if (wanted === undefined || !isObserved(deployment)) {
    return { status: 'unknown' };
  }
  const done = ['replicas', 'updatedReplicas', 'availableReplicas'].every(
    field => (countAt(deployment, 'status', field) ?? 0) === wanted,
  );
  return { status: done ? 'successful' : 'in-progress' };
}

/** `status.phase` of argo-rollouts (pkg/apis/rollouts/v1alpha1/types.go). */
const STATUS_OF_PHASE: Readonly<Record<string, ScalingActivityStatus>> = {
  Healthy: 'successful',
  Degraded: 'failed',
  Progressing: 'in-progress',
  Paused: 'in-progress',
};

function ofRollout(rollout: WatchedObject): RolloutProgress {
  const phase = textAt(rollout, 'status', 'phase') ?? '';
  const isAborted = fieldAt(rollout, 'status', 'abort') === true;
  const status = Object.hasOwn(STATUS_OF_PHASE, phase)
    ? STATUS_OF_PHASE[phase]
    : 'unknown';
  const completed = conditionOf(rollout, 'Completed');
  return {
    status: isAborted ? 'failed' : status,
    vendorStatus: isAborted ? 'Aborted' : phase || undefined,
    endedAt:
      status === 'successful'
        ? timeAt(completed, 'lastTransitionTime')
        : undefined,
    message:
      status === 'failed' || isAborted
        ? textAt(rollout, 'status', 'message') ?? phase
        : undefined,
  };
}

/** It sets currentRevision when every pod has the new revision (pkg/controller/statefulset). */
function ofStatefulSet(set: WatchedObject): RolloutProgress {
  const update = textAt(set, 'status', 'updateRevision');
  const current = textAt(set, 'status', 'currentRevision');
  if (!update || !current || !isObserved(set)) return { status: 'unknown' };
  const wanted = countAt(set, 'spec', 'replicas');
  const ready = countAt(set, 'status', 'readyReplicas') ?? 0;
  const done = update === current && ready === wanted;
  return { status: done ? 'successful' : 'in-progress' };
}

function ofDaemonSet(set: WatchedObject): RolloutProgress {
  const wanted = countAt(set, 'status', 'desiredNumberScheduled');
  if (wanted === undefined || !isObserved(set)) return { status: 'unknown' };
  const done = ['updatedNumberScheduled', 'numberAvailable'].every(
    field => (countAt(set, 'status', field) ?? 0) === wanted,
  );
  return { status: done ? 'successful' : 'in-progress' };
}

/** Whether the status is about the current spec. */
function isObserved(workload: WatchedObject): boolean {
  const generation = countAt(workload, 'metadata', 'generation');
  const observed = countAt(workload, 'status', 'observedGeneration');
  return generation === undefined || (observed ?? -1) >= generation;
}
