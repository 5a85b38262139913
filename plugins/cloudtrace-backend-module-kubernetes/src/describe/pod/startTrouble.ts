import type { WatchedObject } from '../../objects/types';
import { conditionOf, shortenText, textAt, timeAt } from '../fields';
import type { Occurrence } from '../readOccurrences';
import type { Container } from './containers';
import { containerTrouble } from './containerTrouble';
import type { PodVerdict } from './Trouble';

/** A pod that is not ready, with what is known about it. */
export interface UnreadyPod {
  pod: WatchedObject;
  containers: readonly Container[];
  /** Events about the pod, ascending. */
  occurrences: readonly Occurrence[];
  now: Date;
}

/** The scheduler and a cluster autoscaler get this long to find a node. */
const SCHEDULING_MS = 60_000;
const NEW_NODE_MS = 10 * 60_000;
/** Events of the cluster autoscaler and of Karpenter about a pod that gets a node. */
const NODE_COMES: ReadonlySet<string> = new Set([
  'TriggeredScaleUp',
  'Nominated',
]);
/** Events of a node that could not prepare a pod repeat every few minutes. */
const PREPARATION_MS = 10 * 60_000;

/** Why a pod does not start; absent if its containers run or ran. */
export function startTrouble(unready: UnreadyPod): PodVerdict | undefined {
  const scheduled = conditionOf(unready.pod, 'PodScheduled');
  if (textAt(scheduled, 'status') === 'False') {
    return judgeScheduling(unready, scheduled);
  }
  const trouble = containerTrouble(unready.containers);
  if (trouble || !isStarting(unready)) return undefined;
  if (!textAt(unready.pod, 'spec', 'nodeName')) {
    return { state: 'initial', code: 'Pod.Scheduling' };
  }
  return (
    preparationTrouble(unready) ?? { state: 'initial', code: 'Pod.Starting' }
  );
}

function isStarting({ pod, containers }: UnreadyPod): boolean {
  if (textAt(pod, 'status', 'phase') !== 'Pending') return false;
  return containers.every(
    ({ runningSince, isInit }) => isInit || !runningSince,
  );
}

/**
 * The condition PodScheduled carries the scheduler's words, such as `0/3 nodes
 * are available: 3 Insufficient cpu.` (pkg/scheduler/framework/types.go).
 */
function judgeScheduling(unready: UnreadyPod, scheduled: unknown): PodVerdict {
  const reason = textAt(scheduled, 'reason');
  const message = textAt(scheduled, 'message');
  const detail = message && shortenText(message);
  if (reason === 'SchedulingGated') {
    return { state: 'initial', code: 'Pod.SchedulingGated', detail };
  }
  if (reason !== 'Unschedulable') {
    const words = shortenText([reason, message].filter(Boolean).join(': '));
    return { state: 'unhealthy', code: 'Pod.NotReadyOther', detail: words };
  }
  const since = timeAt(scheduled, 'lastTransitionTime');
  return {
    state: isPatient(unready, since) ? 'initial' : 'unhealthy',
    code: 'Pod.Unschedulable',
    detail,
  };
}

/** Whether a node may still be found, so that the pod has not failed. */
function isPatient(
  { occurrences, now }: UnreadyPod,
  since: Date | undefined,
): boolean {
  const sinceMs = (time: Date) => now.getTime() - time.getTime();
  const isComing = occurrences.some(
    ({ reason, at }) => NODE_COMES.has(reason) && sinceMs(at) < NEW_NODE_MS,
  );
  return isComing || (since !== undefined && sinceMs(since) < SCHEDULING_MS);
}

/** Events of pkg/kubelet/events and the attach/detach controller. */
const CODE_OF_PREPARATION: Readonly<Record<string, string>> = {
  FailedMount: 'Pod.FailedMount',
  FailedAttachVolume: 'Pod.FailedMount',
  FailedMapVolume: 'Pod.FailedMount',
  FailedCreatePodSandBox: 'Pod.FailedCreatePodSandBox',
  NetworkNotReady: 'Pod.FailedCreatePodSandBox',
};

function preparationTrouble({
  occurrences,
  now,
}: UnreadyPod): PodVerdict | undefined {
  const last = occurrences
    .filter(
      ({ reason, at }) =>
        Object.hasOwn(CODE_OF_PREPARATION, reason) &&
        now.getTime() - at.getTime() < PREPARATION_MS,
    )
    .at(-1);
  return (
    last && {
      state: 'unhealthy',
      code: CODE_OF_PREPARATION[last.reason],
      detail: shortenText(last.message),
    }
  );
}
