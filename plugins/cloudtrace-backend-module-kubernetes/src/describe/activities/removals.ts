import type {
  CodedMessage,
  ScalingActivity,
  ScalingCauseKind,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject } from '../../objects/types';
import {
  conditionOf,
  fieldAt,
  nameOf,
  shortenName,
  textAt,
  timeAt,
} from '../fields';
import { nodeNameOf } from '../../store/readers';
import { nodeOf } from '../pod/nodeTrouble';
import type { Occurrence } from '../readOccurrences';
import { workloadKindOf } from '../scaling/workloadKind';
import type { ActivityContext } from './ActivityContext';
import { toActivity } from './toActivity';

/** Why the cluster took a pod away. */
interface Cause {
  causeKind: ScalingCauseKind;
  cause: CodedMessage;
}

/** A pod that the cluster took away. */
interface Removal extends Cause {
  id: string;
  pod: string;
  at: Date;
  description?: string;
  /** Whether something forced it, and the pod is replaced. */
  isForced: boolean;
}

const because = (
  causeKind: ScalingCauseKind,
  code: CodedMessage['code'],
  values: CodedMessage['values'] = {},
): Cause => ({ causeKind, cause: { code, values } });

const NODE_LOST = because('health-replacement', 'pod-removed-node-lost');
const EVICTED = because('health-replacement', 'pod-removed-evicted');
const PREEMPTED = because('interruption', 'pod-removed-preempted');
const NODE_REMOVED = because('rebalance', 'pod-removed-autoscaler');
const EVICTION_API = because('maintenance', 'pod-removed-eviction-api');

/**
 * Events about a pod that is taken away: pkg/controller/tainteviction,
 * pkg/kubelet/eviction, pkg/kubelet/preemption, pkg/scheduler/framework/preemption
 * and cluster-autoscaler (core/scaledown). Karpenter uses the kubelet's reason
 * `Evicted` with words of its own.
 */
function causeOfEvent({ kind, reason, message }: Occurrence) {
  if (kind !== 'Pod') return undefined;
  switch (reason) {
    case 'TaintManagerEviction':
      return message.startsWith('Marking for deletion') ? NODE_LOST : undefined;
    case 'NodeControllerEviction':
      return NODE_LOST;
    case 'Evicted':
      return message.startsWith('Evicted pod') ? NODE_REMOVED : EVICTED;
    case 'Preempted':
    case 'Preempting':
      return PREEMPTED;
    case 'ScaleDown':
      return NODE_REMOVED;
    default:
      return undefined;
  }
}

/** Reasons of the condition DisruptionTarget (api/core/v1, pkg/controller/podgc). */
const CAUSE_OF_DISRUPTION: Readonly<Record<string, Cause>> = {
  DeletionByTaintManager: NODE_LOST,
  DeletionByPodGC: because('health-replacement', 'pod-removed-orphaned'),
  PreemptionByScheduler: PREEMPTED,
  TerminationByKubelet: EVICTED,
  EvictionByEvictionAPI: EVICTION_API,
};

/**
 * Pods that the cluster took away, each once. An event outlives the pod, so it
 * counts before the condition of the pod.
 */
function forcedRemovals({ objects, occurrences }: ActivityContext): Removal[] {
  const found = new Map<string, Removal>();
  for (const pod of objects.pods) {
    const removal = removalOfPod(pod, objects.nodes);
    if (removal) found.set(removal.id, removal);
  }
  const events = new Map<string, Removal>();
  for (const occurrence of occurrences) {
    const removal = removalOfEvent(occurrence);
    // The first event counts: a later one repeats it.
    if (removal && !events.has(removal.id)) events.set(removal.id, removal);
  }
  return [...new Map([...found, ...events]).values()];
}

function removalOfEvent(occurrence: Occurrence): Removal | undefined {
  const cause = causeOfEvent(occurrence);
  if (!cause || !occurrence.name) return undefined;
  return {
    ...cause,
    id: idOf(occurrence.name, occurrence.uid),
    pod: occurrence.name,
    at: occurrence.at,
    description: occurrence.message,
    isForced: true,
  };
}

function removalOfPod(
  pod: WatchedObject,
  nodes: ReadonlyMap<string, WatchedObject>,
): Removal | undefined {
  const condition = conditionOf(pod, 'DisruptionTarget');
  const reason = textAt(condition, 'reason') ?? '';
  const at = timeAt(condition, 'lastTransitionTime');
  const name = nameOf(pod);
  const isTrue = textAt(condition, 'status') === 'True';
  if (!isTrue || !at || !name) return undefined;
  if (!Object.hasOwn(CAUSE_OF_DISRUPTION, reason)) return undefined;
  return {
    ...(drainCause(pod, reason, nodes) ?? CAUSE_OF_DISRUPTION[reason]),
    id: idOf(name, textAt(pod, 'metadata', 'uid')),
    pod: name,
    at,
    description: textAt(condition, 'message'),
    isForced: true,
  };
}

/** A drain cordons the node first (kubectl drain). */
function drainCause(
  pod: WatchedObject,
  reason: string,
  nodes: ReadonlyMap<string, WatchedObject>,
): Cause | undefined {
  if (reason !== 'EvictionByEvictionAPI') return undefined;
  const node = nodeOf(pod, { nodes });
  if (fieldAt(node, 'spec', 'unschedulable') !== true) return undefined;
  return because('maintenance', 'pod-removed-drain', {
    node: shortenName(nodeNameOf(pod)!),
  });
}

/** A StatefulSet uses the name of a pod again. */
function idOf(name: string, uid: string | undefined): string {
  return `removed/${shortenName(uid ? `${name}/${uid}` : name)}`;
}

/**
 * `Deleted pod: web-5d8-x2k` of ReplicaSets and DaemonSets
 * (pkg/controller/controller_utils.go), `delete Pod web-0 in StatefulSet web
 * successful` (pkg/controller/statefulset/stateful_pod_control.go).
 */
const DELETED = /^(?:Deleted pod: |delete Pod )(\S{1,253})/i;
/** A StatefulSet deletes a pod that was evicted before it creates it again. */
const SAME_REMOVAL_MS = 10 * 60_000;

/** Pods that their controller deleted, to scale in or to roll out. */
function plainRemovals(
  { objects, occurrences }: ActivityContext,
  forced: readonly Removal[],
): Removal[] {
  return occurrences.flatMap(occurrence => {
    if (occurrence.reason !== 'SuccessfulDelete') return [];
    const pod = DELETED.exec(occurrence.message)?.[1];
    if (!pod || forced.some(other => isSame(other, pod, occurrence.at))) {
      return [];
    }
    const isRollout = isOldRevision(occurrence, objects.revisions);
    return [
      {
        id: occurrence.id,
        pod: shortenName(pod),
        at: occurrence.at,
        description: occurrence.message,
        isForced: false,
        ...because(isRollout ? 'instance-refresh' : 'unknown', 'pod-removed'),
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

/** Whether a newer revision existed when the pod was deleted. */
function isOldRevision(
  { name, at }: Occurrence,
  revisions: readonly WatchedObject[],
): boolean {
  const created = (revision: WatchedObject) =>
    timeAt(revision, 'metadata', 'creationTimestamp');
  const own = revisions.find(revision => nameOf(revision) === name);
  const ownTime = own && created(own);
  if (!ownTime) return false;
  return revisions.some(revision => {
    const time = created(revision);
    return time !== undefined && time > ownTime && time <= at;
  });
}

/** All removals as activities, one for each pod. */
export function describeRemovals(context: ActivityContext): ScalingActivity[] {
  const forced = forcedRemovals(context);
  return [...forced, ...plainRemovals(context, forced)].map(removal =>
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
  const forced = forcedRemovals(context);
  const isStateful = workloadKindOf(context.objects.workload) === 'StatefulSet';
  const windowMs = isStateful ? STATEFUL_REPLACED_MS : REPLACED_MS;
  return context.occurrences.flatMap(({ id, reason, message, at }) => {
    const pod = CREATED.exec(message)?.[1];
    if (reason !== 'SuccessfulCreate' || !pod) return [];
    const cause = forced.find(removal => {
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
