import type {
  CodedMessage,
  ScalingCauseKind,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';
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

/** Why the cluster took a pod away. */
interface Cause {
  causeKind: ScalingCauseKind;
  cause: CodedMessage;
}

/** A pod that was taken away. */
export interface Removal extends Cause {
  /** Id of the activity. */
  id: string;
  pod: string;
  at: Date;
  description?: string;
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
 * `Evicted` with words of its own, and `Disrupted` when it does not wait for a
 * PodDisruptionBudget (karpenter 1.15, node/termination/terminator/events).
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
    case 'Disrupted':
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
export function readForcedRemovals(
  { pods, nodes }: Pick<WorkloadObjects, 'pods' | 'nodes'>,
  occurrences: readonly Occurrence[],
): Removal[] {
  const found = new Map<string, Removal>();
  for (const pod of pods) {
    const removal = removalOfPod(pod, nodes);
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
