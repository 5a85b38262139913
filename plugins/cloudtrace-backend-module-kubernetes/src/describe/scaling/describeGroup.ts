import type {
  FleetCapacity,
  FleetGroup,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import {
  conditionOf,
  countAt,
  fieldAt,
  hasObject,
  nameOf,
  numberAt,
  textAt,
} from '../fields';
import { hasEnded } from '../pod/endedPod';
import { zoneOf } from '../pod/nodeTrouble';
import { describePolicies } from './describePolicies';
import { describeSchedules } from './describeSchedules';
import { kedaPauseOf, pausedProcesses } from './kedaPause';
import { limitsOf } from './limitsOf';
import { arePodsKnown, workloadKindOf } from './workloadKind';

/**
 * A workload as a group of pods; absent if its size is unknown, which is not
 * the same as no pods.
 */
export function describeGroup(
  objects: WorkloadObjects,
): FleetGroup | undefined {
  const desired = desiredOf(objects.workload);
  const inService = readyOf(objects);
  if (desired === undefined || inService === undefined) return undefined;
  return {
    name: nameOf(objects.workload) ?? '',
    capacity: {
      ...limitsOf(objects, desired),
      desired,
      inService,
      ...countsOf(objects),
    },
    zones: zonesOf(objects),
    policies: describePolicies(objects),
    scheduledActions: describeSchedules(objects),
    suspendedProcesses: suspendedOf(objects),
    healthCheckGraceMs: graceOf(objects.workload),
  };
}

/**
 * How many pods there should be. A DaemonSet has one for each node that it
 * fits; only a Rollout may leave out the number, which then is 1.
 */
function desiredOf(workload: WatchedObject): number | undefined {
  switch (workloadKindOf(workload)) {
    case 'DaemonSet':
      return hasStatus(workload)
        ? countAt(workload, 'status', 'desiredNumberScheduled')
        : undefined;
    case 'Rollout':
      return (
        countAt(workload, 'spec', 'replicas') ??
        (hasObject(workload, 'spec') &&
        fieldAt(workload, 'spec', 'replicas') === undefined
          ? 1
          : undefined)
      );
    default:
      return countAt(workload, 'spec', 'replicas');
  }
}

/** How many are ready. The controllers leave out a number that is 0. */
function readyOf(objects: WorkloadObjects): number | undefined {
  const { workload, pods } = objects;
  const field =
    workloadKindOf(workload) === 'DaemonSet' ? 'numberReady' : 'readyReplicas';
  if (hasStatus(workload)) {
    return fieldAt(workload, 'status', field) === undefined
      ? 0
      : countAt(workload, 'status', field);
  }
  return arePodsKnown(objects) ? pods.filter(isReady).length : undefined;
}

/** The API server fills in zeros; only a controller sets observedGeneration. */
function hasStatus(workload: WatchedObject): boolean {
  return fieldAt(workload, 'status', 'observedGeneration') !== undefined;
}

function isReady(pod: WatchedObject): boolean {
  return textAt(conditionOf(pod, 'Ready'), 'status') === 'True';
}

function countsOf(
  objects: WorkloadObjects,
): Pick<FleetCapacity, 'pending' | 'terminating'> {
  if (!arePodsKnown(objects)) return {};
  const running = objects.pods.filter(pod => !hasEnded(pod));
  const leaving = running.filter(pod =>
    textAt(pod, 'metadata', 'deletionTimestamp'),
  );
  const pending = running.filter(
    pod =>
      textAt(pod, 'status', 'phase') === 'Pending' && !leaving.includes(pod),
  );
  return { pending: pending.length, terminating: leaving.length };
}

function zonesOf(objects: WorkloadObjects): string[] | undefined {
  const zones = new Set(
    objects.pods.flatMap(pod => zoneOf(pod, objects) ?? []),
  );
  return zones.size > 0 ? [...zones].sort() : undefined;
}

/**
 * What an operator has paused: rollouts of a Deployment, or autoscaling by KEDA.
 * Unless something is known to be paused, absent if KEDA cannot be read.
 */
function suspendedOf({
  workload,
  scaledObject,
  freshAt,
}: WorkloadObjects): string[] | undefined {
  const isPaused = fieldAt(workload, 'spec', 'paused') === true;
  const isScalable = workloadKindOf(workload) !== 'DaemonSet';
  if (!isPaused && isScalable && !freshAt.scaledobjects) return undefined;
  return [
    ...(isPaused ? ['Rollout'] : []),
    ...pausedProcesses(kedaPauseOf(scaledObject)),
  ];
}

function graceOf(workload: WatchedObject): number | undefined {
  const seconds = numberAt(workload, 'spec', 'minReadySeconds');
  return seconds === undefined ? undefined : seconds * 1000;
}
