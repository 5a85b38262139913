import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import {
  conditionOf,
  listAt,
  nameOf,
  shortenText,
  textAt,
  timeAt,
} from '../fields';
import { occurrencesAbout, type Occurrence } from '../readOccurrences';
import { containersOf } from './containers';
import { disruptionCode, endTroubleOf, hasEnded } from './endedPod';
import { nodeTrouble } from './nodeTrouble';
import { startTrouble } from './startTrouble';
import type { Traffic, TrafficTable } from './TrafficTable';
import type { PodVerdict, Trouble } from './Trouble';
import { unreadyTrouble } from './unreadyTrouble';

/** What the verdict about a pod depends on. */
export interface PodContext {
  objects: WorkloadObjects;
  occurrences: readonly Occurrence[];
  traffic: TrafficTable;
  now: Date;
}

/** How long the controller of EndpointSlices may take to add a ready pod. */
const ENDPOINT_DELAY_MS = 120_000;

/** A pod that is deleted should be gone this long after its grace period. */
const OVERDUE_MS = 60_000;

/**
 * Whether a pod serves, and why not. A pod that no Service selects serves while
 * it is ready, unless the Service with the name of its workload selects no pod
 * at all. What ended, or is lost with its node, or is being deleted, is judged
 * before readiness: its conditions may be old.
 */
export function judgePod(pod: WatchedObject, context: PodContext): PodVerdict {
  if (hasEnded(pod)) return { state: 'unused', ...endTroubleOf(pod) };
  const node = nodeTrouble(pod, context.objects);
  if (node) return { state: stateWithout(node, pod), ...node };
  if (textAt(pod, 'metadata', 'deletionTimestamp')) {
    return judgeLeaving(pod, context.now);
  }
  const phase = textAt(pod, 'status', 'phase');
  if (phase !== 'Running' && phase !== 'Pending') {
    return {
      state: 'unknown',
      code: 'Pod.PhaseUnknown',
      detail: phase && shortenText(phase),
    };
  }
  const ready = textAt(conditionOf(pod, 'Ready'), 'status');
  if (ready === 'True') return judgeReady(pod, context);
  return judgeUnready(pod, context);
}

/** The kubelet of a node that is gone may still run a pod that was ready last. */
function stateWithout(node: Trouble, pod: WatchedObject): PodVerdict['state'] {
  const isReady = textAt(conditionOf(pod, 'Ready'), 'status') === 'True';
  return node.code === 'Node.Gone' && isReady ? 'unknown' : 'unhealthy';
}

function judgeLeaving(pod: WatchedObject, now: Date): PodVerdict {
  const deadline = timeAt(pod, 'metadata', 'deletionTimestamp');
  if (!deadline || now.getTime() - deadline.getTime() <= OVERDUE_MS) {
    return { state: 'draining', code: disruptionCode(pod) };
  }
  const finalizers = listAt(pod, 'metadata', 'finalizers').filter(
    (each): each is string => typeof each === 'string',
  );
  return {
    state: 'draining',
    code: 'Pod.StuckTerminating',
    detail:
      finalizers.length > 0
        ? shortenText(`finalizers ${finalizers.join(', ')}`)
        : undefined,
  };
}

const VERDICT_OF_TRAFFIC: Readonly<Record<Traffic, PodVerdict>> = {
  receiving: { state: 'healthy' },
  'no-port': { state: 'unhealthy', code: 'Pod.NoServicePort' },
  mismatch: { state: 'unhealthy', code: 'Pod.ServiceMismatch' },
  waiting: { state: 'initial', code: 'Pod.NotInEndpoints' },
  // A worker: nothing but its readiness says whether it works.
  'no-service': { state: 'healthy', code: 'Pod.NoService' },
  unknown: { state: 'unknown', code: 'Pod.TrafficUnknown' },
};

function judgeReady(
  pod: WatchedObject,
  { traffic, now }: PodContext,
): PodVerdict {
  const receiving = traffic.of(pod);
  const verdict = VERDICT_OF_TRAFFIC[receiving];
  const since = timeAt(conditionOf(pod, 'Ready'), 'lastTransitionTime');
  if (verdict.state === 'healthy') return { ...verdict, since };
  const isOverdue =
    receiving === 'waiting' &&
    since !== undefined &&
    now.getTime() - since.getTime() > ENDPOINT_DELAY_MS;
  return isOverdue ? { ...verdict, state: 'unhealthy' } : verdict;
}

function judgeUnready(pod: WatchedObject, context: PodContext): PodVerdict {
  const input = {
    pod,
    containers: containersOf(pod),
    occurrences: occurrencesAbout(context.occurrences, {
      kind: 'Pod',
      name: nameOf(pod) ?? '',
      uid: textAt(pod, 'metadata', 'uid'),
    }),
    now: context.now,
  };
  return startTrouble(input) ?? unreadyTrouble(input);
}
