import { conditionOf, shortenText, textAt, timeAt } from '../fields';
import { containerTrouble } from './containerTrouble';
import { failedProbe, type FailedProbe } from './probeTrouble';
import type { UnreadyPod } from './startTrouble';
import type { PodVerdict, Trouble } from './Trouble';

/** A container gets this long to become ready before a failing probe counts. */
const WARM_UP_MS = 60_000;
/** A probe fails some times before it has an effect, and its event may be repeated rarely. */
const PROBE_MS = 10 * 60_000;
/** The controller of a readiness gate gets this long after the containers are ready. */
const GATE_MS = 2 * 60_000;

/** Why a pod that has started is not ready. */
export function unreadyTrouble(unready: UnreadyPod): PodVerdict {
  const ready = conditionOf(unready.pod, 'Ready');
  if (areContainersReady(unready)) return judgeGates(unready, ready);
  const since = timeAt(ready, 'lastTransitionTime');
  const probe = currentProbe(unready, since);
  const trouble = containerTrouble(unready.containers);
  if (trouble) return { state: 'unhealthy', ...causeOf(trouble, probe) };
  if (isWarmingUp(unready)) {
    const isStartup = probe?.probe === 'Startup';
    return {
      state: 'initial',
      code: isStartup ? probe.code : 'Pod.Starting',
      detail: isStartup ? probe.detail : undefined,
    };
  }
  if (probe) {
    return {
      state: 'unhealthy',
      code: probe.code,
      detail: probe.detail,
      since,
    };
  }
  return judgeCondition(ready, since);
}

/** Whether no probe keeps the pod from being ready. */
function areContainersReady({ containers, pod }: UnreadyPod): boolean {
  const reason = textAt(conditionOf(pod, 'Ready'), 'reason');
  const running = containers.filter(({ isInit }) => !isInit);
  return (
    reason === 'ReadinessGatesNotReady' ||
    (running.length > 0 && running.every(({ isReady }) => isReady))
  );
}

/**
 * Judges a pod whose containers are ready. Its condition Ready has been False
 * since the pod exists, so the time of ContainersReady counts.
 */
function judgeGates({ pod, now }: UnreadyPod, ready: unknown): PodVerdict {
  const containersReady = conditionOf(pod, 'ContainersReady');
  const since =
    textAt(containersReady, 'status') === 'True'
      ? timeAt(containersReady, 'lastTransitionTime')
      : undefined;
  const verdict = judgeCondition(
    ready,
    latest(since, timeAt(ready, 'lastTransitionTime')),
  );
  const isNew = since && now.getTime() - since.getTime() < GATE_MS;
  return isNew && verdict.state === 'unhealthy'
    ? { ...verdict, state: 'initial' }
    : verdict;
}

function latest(a: Date | undefined, b: Date | undefined): Date | undefined {
  return a && b ? new Date(Math.max(a.getTime(), b.getTime())) : a ?? b;
}

/** The last failed probe that can explain why the pod is not ready now. */
function currentProbe(
  { occurrences, now }: UnreadyPod,
  since: Date = now,
): FailedProbe | undefined {
  const earliest = Math.min(since.getTime(), now.getTime()) - PROBE_MS;
  return failedProbe(occurrences, new Date(earliest));
}

/** The kubelet ends a container for a failed probe, so the probe is the cause of its end. */
function causeOf(trouble: Trouble, probe: FailedProbe | undefined): Trouble {
  const ended =
    trouble.code === 'Pod.CrashLoopBackOff' ||
    trouble.code === 'Pod.ContainerExited';
  if (!ended || !probe || probe.probe === 'Readiness') return trouble;
  return {
    code: probe.code,
    detail: shortenText([probe.detail, trouble.detail].join('; ')),
    since: trouble.since,
  };
}

/** Whether each container that is not ready has just started for the first time. */
function isWarmingUp({ containers, now }: UnreadyPod): boolean {
  const waiting = containers.filter(each => !each.isInit && !each.isReady);
  return (
    waiting.length > 0 &&
    waiting.every(
      ({ restarts, runningSince }) =>
        restarts === 0 &&
        runningSince !== undefined &&
        now.getTime() - runningSince.getTime() < WARM_UP_MS,
    )
  );
}

function judgeCondition(ready: unknown, since: Date | undefined): PodVerdict {
  const reason = textAt(ready, 'reason');
  const message = textAt(ready, 'message');
  if (textAt(ready, 'status') !== 'False') {
    return { state: 'unknown', code: 'Pod.PhaseUnknown' };
  }
  const known = reason === undefined || Object.hasOwn(CODES, reason);
  return {
    state: 'unhealthy',
    code: known ? CODES[reason ?? 'ContainersNotReady'] : 'Pod.NotReadyOther',
    detail: wordCondition(known ? undefined : reason, message),
    since,
  };
}

/** Reasons of the condition Ready (pkg/kubelet/status/generate.go). */
const CODES: Readonly<Record<string, string>> = {
  ContainersNotReady: 'Pod.NotReady',
  ReadinessGatesNotReady: 'Pod.ReadinessGatesNotReady',
};

function wordCondition(
  reason: string | undefined,
  message: string | undefined,
): string | undefined {
  const words = [reason, message].filter(Boolean);
  return words.length > 0 ? shortenText(words.join(': ')) : undefined;
}
