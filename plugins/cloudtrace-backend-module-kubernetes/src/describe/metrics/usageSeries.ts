import {
  MINUTE_MS,
  wordTexts,
  type FleetMetricSeries,
  type JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import type { UsageFigure } from '../../objects/PodUsage';
import { untilNow } from '../clock';
import { fieldAt, listAt, textAt } from '../fields';
import {
  isReady,
  lacksPods,
  measuredPods,
  type MeasuredPod,
} from './measuredPods';
import { parseQuantity } from './parseQuantity';

type Resource = 'cpu' | 'memory';
type Values = readonly number[];

/** A series about the usage of pods. */
export interface Figure {
  seriesId: string;
  /** What is measured of each pod. */
  of: UsageFigure;
  /** The resource whose requests it is compared with. */
  share?: Resource;
  label: JudgementCode;
  unit: string;
  statistic: 'Average' | 'Maximum';
  valueOf(pods: readonly MeasuredPod[]): number | undefined;
  /** Whether it is a sum over all pods: without one of them, it is too low. */
  isSum?: boolean;
}

/** All series about the usage of pods. */
export const FIGURES: readonly Figure[] = [
  ...figuresOf('cpu', 'cpu'),
  ...figuresOf('memory', 'By'),
  {
    seriesId: 'requests-per-second',
    of: 'requestsPerSecond',
    label: 'metric-requests-per-second',
    unit: '1/s',
    statistic: 'Average',
    valueOf: pods => ofAll(pods, 'requestsPerSecond', sum),
    isSum: true,
  },
  {
    seriesId: 'latency-of-pod',
    of: 'latencyMs',
    label: 'metric-latency-of-pod',
    unit: 'ms',
    statistic: 'Maximum',
    valueOf: pods => ofAll(pods, 'latencyMs', most),
  },
];

/** What the running pods of a workload use; none if nothing measures them. */
export function usageSeries(
  objects: WorkloadObjects,
  now: Date,
): FleetMetricSeries[] {
  const measured = measuredPods(objects, now);
  const at = usageTimeOf(objects, now);
  if (!at) return [];
  return FIGURES.flatMap(figure => {
    const { seriesId, label, unit, statistic, valueOf } = figure;
    if (isTooLow(figure, objects, now)) return [];
    const value = valueOf(measured);
    if (value === undefined) return [];
    return [
      {
        ...{ seriesId, unit, statistic },
        ...wordTexts({ label: { code: label, values: {} } }),
        periodMs: MINUTE_MS,
        times: [at.toISOString()],
        values: [value],
      },
    ];
  });
}

/** Whether a figure is a sum that lacks a pod. */
export function isTooLow(
  { isSum, of }: Figure,
  objects: WorkloadObjects,
  now: Date,
): boolean {
  return Boolean(isSum) && lacksPods(objects, of, now);
}

/**
 * When the usage of a workload was measured: pods are measured at different
 * times, so it is as old as the oldest.
 */
export function usageTimeOf(
  objects: WorkloadObjects,
  now: Date,
): Date | undefined {
  const times = measuredPods(objects, now).map(({ at }) => at.getTime());
  return times.length > 0
    ? untilNow(new Date(Math.min(...times)), now)
    : undefined;
}

/** A figure of the pods whose value is known; absent if there are none. */
function ofAll(
  pods: readonly MeasuredPod[],
  figure: UsageFigure,
  combine: (values: Values) => number,
): number | undefined {
  const values = pods.flatMap(({ usage }) => usage[figure] ?? []);
  return values.length > 0 ? combine(values) : undefined;
}

function figuresOf(resource: Resource, unit: string): Figure[] {
  return [
    {
      seriesId: `${resource}-utilization`,
      of: resource,
      share: resource,
      label: `metric-${resource}-of-requests`,
      unit: '%',
      statistic: 'Average',
      valueOf: pods => utilisation(pods, resource),
    },
    {
      seriesId: `${resource}-per-pod`,
      of: resource,
      label: `metric-${resource}-per-pod`,
      unit,
      statistic: 'Average',
      valueOf: pods => ofAll(pods, resource, average),
    },
    {
      seriesId: `${resource}-of-pod`,
      of: resource,
      label: `metric-${resource}-of-pod`,
      unit,
      statistic: 'Maximum',
      valueOf: pods => ofAll(pods, resource, most),
    },
  ];
}

/**
 * The percentage of their requests that pods use, as an autoscaler calculates
 * it: pods without a measurement do not count, nor do pods that are not ready
 * in that of CPU. A container without a request makes it unknown
 * (pkg/controller/podautoscaler/replica_calculator.go).
 */
function utilisation(
  pods: readonly MeasuredPod[],
  resource: Resource,
): number | undefined {
  let used = 0;
  let requested = 0;
  for (const { pod, usage } of pods) {
    const own = usage[resource];
    if (own === undefined) continue;
    if (resource === 'cpu' && !isReady(pod)) continue;
    const request = requestOf(pod, resource);
    if (request === undefined) return undefined;
    used += own;
    requested += request;
  }
  return requested > 0 ? (100 * used) / requested : undefined;
}

/** What the containers of a pod request together, with its sidecars. */
function requestOf(pod: WatchedObject, resource: Resource): number | undefined {
  const containers = [
    ...listAt(pod, 'spec', 'containers'),
    ...listAt(pod, 'spec', 'initContainers').filter(
      container => textAt(container, 'restartPolicy') === 'Always',
    ),
  ];
  const requests = containers.flatMap(
    container =>
      parseQuantity(fieldAt(container, 'resources', 'requests', resource)) ??
      [],
  );
  return requests.length === containers.length ? sum(requests) : undefined;
}

function sum(values: Values): number {
  return values.reduce((total, value) => total + value, 0);
}

function average(values: Values): number {
  return sum(values) / values.length;
}

function most(values: Values): number {
  return values.reduce((highest, value) => Math.max(highest, value));
}
