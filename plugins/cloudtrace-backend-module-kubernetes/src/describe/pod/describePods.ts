import type {
  FleetInstance,
  FleetInstanceState,
  FleetTarget,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject } from '../../objects/types';
import { untilNow } from '../clock';
import {
  conditionOf,
  labelOf,
  nameOf,
  shortenName,
  shortenText,
  textAt,
  timeAt,
} from '../fields';
import { containersOf } from './containers';
import { endOf, hasEnded } from './endedPod';
import { judgePod, type PodContext } from './judgePod';
import { nodeOf, nodeTrouble, zoneOf } from './nodeTrouble';

/** Ended pods stay in the cluster for days; their end is history by then. */
const ENDED_SHOWN_MS = 60 * 60_000;

/** Whether a pod has a name and did not end long ago. */
export function isShown(pod: WatchedObject, now: Date): boolean {
  if (!nameOf(pod)) return false;
  const end = hasEnded(pod) ? endOf(pod) : undefined;
  return !end || now.getTime() - end.getTime() <= ENDED_SHOWN_MS;
}

/** A pod as an instance. */
export function toInstance(
  pod: WatchedObject,
  { objects, now }: Pick<PodContext, 'objects' | 'now'>,
): FleetInstance {
  const launchedAt =
    timeAt(pod, 'status', 'startTime') ??
    timeAt(pod, 'metadata', 'creationTimestamp');
  const type = labelOf(
    nodeOf(pod, objects),
    'node.kubernetes.io/instance-type',
  );
  return {
    instanceId: nameOf(pod)!,
    zone: zoneOf(pod, objects),
    state: instanceState(pod, nodeTrouble(pod, objects) !== undefined),
    vendorState: vendorState(pod),
    instanceType: type && shortenName(type),
    launchedAt: launchedAt && untilNow(launchedAt, now).toISOString(),
  };
}

/** A pod as the target of its Services. */
export function toTarget(pod: WatchedObject, context: PodContext): FleetTarget {
  const verdict = judgePod(pod, context);
  return {
    targetId: nameOf(pod)!,
    instanceId: nameOf(pod)!,
    port: context.traffic.portOf(pod),
    zone: zoneOf(pod, context.objects),
    state: verdict.state,
    vendorState: vendorState(pod),
    reasonCode: verdict.code,
    reason: verdict.detail,
    since: verdict.since && untilNow(verdict.since, context.now).toISOString(),
  };
}

/** The kubelet of a lost node reports nothing, so what runs there is unknown. */
function instanceState(
  pod: WatchedObject,
  isNodeLost: boolean,
): FleetInstanceState {
  if (hasEnded(pod)) return 'terminated';
  if (isNodeLost) return 'unknown';
  if (textAt(pod, 'metadata', 'deletionTimestamp')) return 'terminating';
  switch (textAt(pod, 'status', 'phase')) {
    case 'Pending':
      return 'pending';
    case 'Running':
      return 'in-service';
    default:
      return 'unknown';
  }
}

/** The state that `kubectl get pods` shows (pkg/printers/internalversion). */
function vendorState(pod: WatchedObject): string | undefined {
  const state =
    (textAt(pod, 'metadata', 'deletionTimestamp') && 'Terminating') ??
    textAt(pod, 'status', 'reason') ??
    containerState(pod) ??
    (isUnscheduled(pod) ? 'Unschedulable' : undefined) ??
    textAt(pod, 'status', 'phase');
  return state && shortenText(state);
}

function containerState(pod: WatchedObject): string | undefined {
  for (const { isInit, waiting, ended } of containersOf(pod)) {
    const prefix = isInit ? 'Init:' : '';
    if (waiting && waiting.reason !== 'PodInitializing') {
      return prefix + waiting.reason;
    }
    if (ended?.reason && !(isInit && ended.exitCode === 0)) {
      return prefix + ended.reason;
    }
  }
  return undefined;
}

function isUnscheduled(pod: WatchedObject): boolean {
  return textAt(conditionOf(pod, 'PodScheduled'), 'reason') === 'Unschedulable';
}
