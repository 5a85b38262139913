import type { WatchedObject } from '../../objects/types';
import { conditionOf, shortenText, textAt, timeAt } from '../fields';
import { containersOf, wordEnd } from './containers';
import type { Trouble } from './Trouble';

/**
 * Why a pod ended, by `status.reason`: pkg/kubelet/eviction/helpers.go,
 * pkg/kubelet/nodeshutdown, pkg/kubelet/preemption,
 * pkg/kubelet/lifecycle/predicate.go and pkg/kubelet/active_deadline.go.
 */
const CODE_OF_REASON: Readonly<Record<string, string>> = {
  Evicted: 'Pod.Evicted',
  Preempting: 'Pod.Preempted',
  Terminated: 'Pod.NodeShutdown',
  NodeShutdown: 'Pod.NodeShutdown',
  Shutdown: 'Pod.NodeShutdown',
  DeadlineExceeded: 'Pod.DeadlineExceeded',
  UnexpectedAdmissionError: 'Pod.Rejected',
  NodeAffinity: 'Pod.Rejected',
  NodePorts: 'Pod.Rejected',
  OutOfcpu: 'Pod.Rejected',
  OutOfmemory: 'Pod.Rejected',
  OutOfpods: 'Pod.Rejected',
  'OutOfephemeral-storage': 'Pod.Rejected',
};

/** Reasons of the condition DisruptionTarget (api/core/v1, taint eviction, pod GC). */
const CODE_OF_DISRUPTION: Readonly<Record<string, string>> = {
  PreemptionByScheduler: 'Pod.Preempted',
  EvictionByEvictionAPI: 'Pod.Drained',
};

/** Whether the containers of a pod ended for good. */
export function hasEnded(pod: WatchedObject): boolean {
  const phase = textAt(pod, 'status', 'phase');
  return phase === 'Failed' || phase === 'Succeeded';
}

/** When a pod ended, if its containers or conditions say so. */
export function endOf(pod: WatchedObject): Date | undefined {
  const times = [
    ...containersOf(pod).map(({ ended }) => ended?.at),
    timeAt(conditionOf(pod, 'Ready'), 'lastTransitionTime'),
  ].flatMap(time => (time ? [time.getTime()] : []));
  return times.length > 0 ? new Date(Math.max(...times)) : undefined;
}

/** Why a pod ended. */
export function endTroubleOf(pod: WatchedObject): Trouble {
  const since = endOf(pod);
  if (textAt(pod, 'status', 'phase') === 'Succeeded') {
    return { code: 'Pod.Completed', since };
  }
  const reason = textAt(pod, 'status', 'reason') ?? '';
  const message = textAt(pod, 'status', 'message');
  if (Object.hasOwn(CODE_OF_REASON, reason)) {
    return {
      code: CODE_OF_REASON[reason],
      detail: message && shortenText(message),
      since,
    };
  }
  return { code: 'Pod.Failed', detail: wordFailure(pod, reason), since };
}

function wordFailure(pod: WatchedObject, reason: string): string | undefined {
  const failed = containersOf(pod).find(
    ({ ended }) => ended && ended.exitCode !== 0,
  );
  if (failed) return wordEnd(failed, failed.ended!);
  const words = [reason, textAt(pod, 'status', 'message')].filter(Boolean);
  return words.length > 0 ? shortenText(words.join(': ')) : undefined;
}

/** The code for a pod that is being deleted. */
export function disruptionCode(pod: WatchedObject): string {
  const condition = conditionOf(pod, 'DisruptionTarget');
  const reason = textAt(condition, 'reason') ?? '';
  const isTrue = textAt(condition, 'status') === 'True';
  return isTrue && Object.hasOwn(CODE_OF_DISRUPTION, reason)
    ? CODE_OF_DISRUPTION[reason]
    : 'Pod.Terminating';
}
