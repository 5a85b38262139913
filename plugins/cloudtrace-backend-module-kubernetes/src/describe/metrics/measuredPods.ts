import { MINUTE_MS } from '@cloudtrace/plugin-cloudtrace-common';
import type { PodUsage, UsageFigure } from '../../objects/PodUsage';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import { toOurTime } from '../clock';
import { conditionOf, nameOf, textAt, timeAt } from '../fields';

/** Older measurements say nothing about now: CloudTrace reads once a minute. */
const MAX_AGE_MS = 3 * MINUTE_MS;

/** A pod with what it uses now. */
export interface MeasuredPod {
  pod: WatchedObject;
  usage: PodUsage;
  /** When it was measured, on our clock. */
  at: Date;
}

/** Why a figure of a workload has no value although its source responded. */
export type MissingUsage = 'none' | 'old';

type Objects = Pick<WorkloadObjects, 'pods' | 'usage' | 'clockAheadMs'>;

/**
 * Pods that run and are not being deleted. Others may have been measured before,
 * as may an earlier pod of the same name.
 */
export function measuredPods(objects: Objects, now: Date): MeasuredPod[] {
  const { pods, usage, clockAheadMs } = objects;
  if (!usage) return [];
  // Prometheus may have another clock than the cluster.
  const usageAheadMs = usage.from === 'prometheus' ? 0 : clockAheadMs;
  return pods.filter(isRunning).flatMap(pod => {
    const own = usage.pods.get(nameOf(pod) ?? '');
    if (!own) return [];
    const at = toOurTime(own.at, usageAheadMs);
    const startedAt = timeAt(pod, 'status', 'startTime') ?? new Date(0);
    const isCurrent =
      now.getTime() - at.getTime() <= MAX_AGE_MS &&
      at > toOurTime(startedAt, clockAheadMs);
    return isCurrent ? [{ pod, usage: own, at }] : [];
  });
}

/**
 * Why a figure is unknown for all pods: nothing measures it, or all
 * measurements are old. Absent if it is known for a pod, or if no pod has run
 * long enough to be measured.
 */
export function missingUsage(
  objects: Objects,
  figure: UsageFigure,
  now: Date,
): MissingUsage | undefined {
  const settled = objects.pods.filter(
    pod => isRunning(pod) && isSettled(pod, objects.clockAheadMs, now),
  );
  const isKnown = measuredPods(objects, now).some(
    ({ usage }) => usage[figure] !== undefined,
  );
  if (isKnown || settled.length === 0) return undefined;
  const isOld = settled.some(
    pod => objects.usage?.pods.get(nameOf(pod) ?? '')?.[figure] !== undefined,
  );
  return isOld ? 'old' : 'none';
}

/**
 * Whether a figure is unknown for a pod that has run long enough to be measured
 * and is ready. Others receive no requests yet.
 */
export function lacksPods(
  objects: Objects,
  figure: UsageFigure,
  now: Date,
): boolean {
  const known = new Set(
    measuredPods(objects, now)
      .filter(({ usage }) => usage[figure] !== undefined)
      .map(({ pod }) => pod),
  );
  return objects.pods.some(
    pod =>
      isRunning(pod) &&
      isReady(pod) &&
      isSettled(pod, objects.clockAheadMs, now) &&
      !known.has(pod),
  );
}

/** Whether the kubelet calls a pod ready. */
export function isReady(pod: WatchedObject): boolean {
  return textAt(conditionOf(pod, 'Ready'), 'status') === 'True';
}

/** Whether a pod runs and is not being deleted. */
export function isRunning(pod: WatchedObject): boolean {
  return (
    textAt(pod, 'status', 'phase') === 'Running' &&
    !textAt(pod, 'metadata', 'deletionTimestamp')
  );
}

function isSettled(
  pod: WatchedObject,
  clockAheadMs: number | undefined,
  now: Date,
): boolean {
  const startedAt = timeAt(pod, 'status', 'startTime');
  return (
    !!startedAt &&
    now.getTime() - toOurTime(startedAt, clockAheadMs).getTime() > MAX_AGE_MS
  );
}
