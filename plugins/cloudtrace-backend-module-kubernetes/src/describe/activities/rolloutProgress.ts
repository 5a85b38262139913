import type { ScalingActivityStatus } from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject } from '../../objects/types';
import { conditionOf, countAt, fieldAt, textAt, timeAt } from '../fields';
import { workloadKindOf } from '../scaling/workloadKind';

/** How far the rollout of the current revision is. */
interface RolloutProgress {
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

/**
 * Without a deadline, a Deployment has no condition Progressing. A pod that
 * fails later does not undo a rollout, so availability does not count.
 */
function ofCounts(deployment: WatchedObject): RolloutProgress {
  const updated = countAt(deployment, 'status', 'updatedReplicas');
  if (updated === undefined) return { status: 'unknown' };
  const isDone =
    isObserved(deployment) &&
    updated === countAt(deployment, 'status', 'replicas');
  return { status: isDone ? 'successful' : 'in-progress' };
}

/** `status.phase` (argo-rollouts 1.10, pkg/apis/rollouts/v1alpha1/types.go). */
const STATUS_OF_PHASE: Readonly<Record<string, ScalingActivityStatus>> = {
  Degraded: 'failed',
  Progressing: 'in-progress',
  Paused: 'in-progress',
};

function ofRollout(rollout: WatchedObject): RolloutProgress {
  const phase = textAt(rollout, 'status', 'phase') ?? '';
  if (fieldAt(rollout, 'status', 'abort') === true) {
    return {
      status: 'failed',
      vendorStatus: 'Aborted',
      endedAt: timeAt(rollout, 'status', 'abortedAt'),
      message: textAt(rollout, 'status', 'message') ?? phase,
    };
  }
  // A pod that fails later changes the phase, but the rollout stays completed.
  const completed = conditionOf(rollout, 'Completed');
  if (phase === 'Healthy' || textAt(completed, 'status') === 'True') {
    return {
      status: 'successful',
      vendorStatus: 'Completed',
      endedAt: timeAt(completed, 'lastTransitionTime'),
    };
  }
  const status = Object.hasOwn(STATUS_OF_PHASE, phase)
    ? STATUS_OF_PHASE[phase]
    : 'unknown';
  return {
    status,
    vendorStatus: phase || undefined,
    message:
      status === 'failed'
        ? textAt(rollout, 'status', 'message') ?? phase
        : undefined,
  };
}

/**
 * The controller sets currentRevision when every pod has the new revision and
 * was ready (pkg/controller/statefulset). After an undo the two are the same at
 * once, while pods of the other revision are still there. With the strategy
 * OnDelete, the controller leaves currentRevision as it is. With a partition,
 * only pods with that number or a higher one get the new revision, and
 * `kubectl rollout status` counts them.
 */
function ofStatefulSet(set: WatchedObject): RolloutProgress {
  const update = textAt(set, 'status', 'updateRevision');
  const current = textAt(set, 'status', 'currentRevision');
  if (!update || !current) return { status: 'unknown' };
  const updated = countAt(set, 'status', 'updatedReplicas') ?? 0;
  const isOnDelete =
    textAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete';
  const replicas = countAt(set, 'status', 'replicas') ?? 0;
  const partition =
    countAt(set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
  const isUpdated =
    partition > 0
      ? updated >= replicas - partition
      : (isOnDelete || update === current) && updated === replicas;
  const isDone = isObserved(set) && isUpdated;
  return { status: isDone ? 'successful' : 'in-progress' };
}

function ofDaemonSet(set: WatchedObject): RolloutProgress {
  const wanted = countAt(set, 'status', 'desiredNumberScheduled');
  if (wanted === undefined) return { status: 'unknown' };
  const updated = countAt(set, 'status', 'updatedNumberScheduled') ?? 0;
  const isDone = isObserved(set) && updated === wanted;
  return { status: isDone ? 'successful' : 'in-progress' };
}

/** Whether the status is about the current spec. */
function isObserved(workload: WatchedObject): boolean {
  const generation = countAt(workload, 'metadata', 'generation');
  const observed = countAt(workload, 'status', 'observedGeneration');
  return generation === undefined || (observed ?? -1) >= generation;
}
