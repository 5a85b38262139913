import {
  wordTexts,
  type FleetProblem,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WorkloadObjects } from '../../objects/types';
import { clockDifferenceMs } from '../clock';
import { conditionOf, nameOf, shortenText, textAt, timeAt } from '../fields';
import type { Occurrence } from '../readOccurrences';

/** Objects of the cluster that cannot be shown as they are. */
export function objectProblems(
  objects: WorkloadObjects,
  {
    occurrences,
    now,
    isSizeKnown,
  }: {
    occurrences: readonly Occurrence[];
    now: Date;
    isSizeKnown: boolean;
  },
): FleetProblem[] {
  return [
    ...(isSizeKnown ? [] : [unknownSize(objects)]),
    ...unnamedPods(objects),
    ...clockProblem(objects, occurrences, now),
  ];
}

function unknownSize({ workload, cluster }: WorkloadObjects): FleetProblem {
  return {
    code: 'invalid-object',
    ...wordTexts({
      message: {
        code: 'workload-size-unknown',
        values: {
          kind: shortenText(textAt(workload, 'kind') ?? '?'),
          name: nameOf(workload) ?? '?',
          cluster,
        },
      },
      nextStep: { code: 'workload-size-unknown-next', values: {} },
    }),
  };
}

function unnamedPods({
  pods,
  workload,
  cluster,
}: WorkloadObjects): FleetProblem[] {
  const count = pods.filter(pod => !nameOf(pod)).length;
  if (count === 0) return [];
  return [
    {
      code: 'invalid-object',
      ...wordTexts({
        message: {
          code: 'workload-unnamed-pods',
          values: { count, name: nameOf(workload) ?? '?', cluster },
        },
        nextStep: { code: 'workload-size-unknown-next', values: {} },
      }),
    },
  ];
}

function clockProblem(
  { pods, cluster, clockAheadMs }: WorkloadObjects,
  occurrences: readonly Occurrence[],
  now: Date,
): FleetProblem[] {
  const times = [
    ...occurrences.map(({ at }) => at),
    ...pods.flatMap(pod => [
      timeAt(pod, 'metadata', 'creationTimestamp'),
      timeAt(conditionOf(pod, 'Ready'), 'lastTransitionTime'),
    ]),
  ];
  const differenceMs = clockDifferenceMs(times, now, clockAheadMs);
  if (differenceMs === 0) return [];
  return [
    {
      code: 'clock-skew',
      ...wordTexts({
        message: {
          code:
            differenceMs > 0 ? 'workload-clock-ahead' : 'workload-clock-behind',
          values: { cluster, durationMs: Math.abs(differenceMs) },
        },
        nextStep: { code: 'workload-clock-next', values: {} },
      }),
    },
  ];
}
