import {
  MINUTE_MS,
  wordTexts,
  type FleetMetricSeries,
  type JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import type { PodUsage } from '../../objects/PodUsage';
import { toOurTime, untilNow } from '../clock';
import {
  conditionOf,
  fieldAt,
  listAt,
  nameOf,
  textAt,
  timeAt,
} from '../fields';
import { parseQuantity } from './parseQuantity';

/** Older measurements say nothing about now: metrics-server measures once a minute. */
const MAX_AGE_MS = 3 * MINUTE_MS;

type Resource = 'cpu' | 'memory';
type Values = readonly number[];

interface MeasuredPod {
  pod: WatchedObject;
  usage: PodUsage;
  /** When it was measured, on our clock. */
  at: Date;
}

interface Figure {
  seriesId: string;
  label: JudgementCode;
  unit: string;
  statistic: 'Average' | 'Maximum';
  valueOf(pods: readonly MeasuredPod[]): number | undefined;
}

const FIGURES: readonly Figure[] = [
  ...figuresOf('cpu', 'cpu'),
  ...figuresOf('memory', 'By'),
  {
    seriesId: 'requests-per-second',
    label: 'metric-requests-per-second',
    unit: '1/s',
    statistic: 'Average',
    valueOf: pods => ofAll(pods, 'requestsPerSecond', sum),
  },
  {
    seriesId: 'latency-of-pod',
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
  return FIGURES.flatMap(({ label, valueOf, ...figure }) => {
    const value = valueOf(measured);
    if (value === undefined) return [];
    return [
      {
        ...figure,
        ...wordTexts({ label: { code: label, values: {} } }),
        periodMs: MINUTE_MS,
        times: [at.toISOString()],
        values: [value],
      },
    ];
  });
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

/**
 * Pods that run and are not being deleted. Others may have been measured before,
 * as may an earlier pod of the same name.
 */
function measuredPods(
  { pods, usage, clockAheadMs }: WorkloadObjects,
  now: Date,
): MeasuredPod[] {
  if (!usage) return [];
  // Prometheus may have another clock than the cluster.
  const usageAheadMs = usage.from === 'prometheus' ? 0 : clockAheadMs;
  return pods.flatMap(pod => {
    const own = usage.pods.get(nameOf(pod) ?? '');
    if (!own) return [];
    const at = toOurTime(own.at, usageAheadMs);
    const startedAt = timeAt(pod, 'status', 'startTime') ?? new Date(0);
    const isRunning =
      textAt(pod, 'status', 'phase') === 'Running' &&
      !textAt(pod, 'metadata', 'deletionTimestamp');
    const isCurrent =
      now.getTime() - at.getTime() <= MAX_AGE_MS &&
      at > toOurTime(startedAt, clockAheadMs);
    return isRunning && isCurrent ? [{ pod, usage: own, at }] : [];
  });
}

/** A figure of the pods whose value is known; absent if there are none. */
function ofAll(
  pods: readonly MeasuredPod[],
  figure: Exclude<keyof PodUsage, 'at'>,
  combine: (values: Values) => number,
): number | undefined {
  const values = pods.flatMap(({ usage }) => usage[figure] ?? []);
  return values.length > 0 ? combine(values) : undefined;
}

function figuresOf(resource: Resource, unit: string): Figure[] {
  return [
    {
      seriesId: `${resource}-utilization`,
      label: `metric-${resource}-of-requests`,
      unit: '%',
      statistic: 'Average',
      valueOf: pods => utilisation(pods, resource),
    },
    {
      seriesId: `${resource}-per-pod`,
      label: `metric-${resource}-per-pod`,
      unit,
      statistic: 'Average',
      valueOf: pods => ofAll(pods, resource, average),
    },
    {
      seriesId: `${resource}-of-pod`,
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

function isReady(pod: WatchedObject): boolean {
  return textAt(conditionOf(pod, 'Ready'), 'status') === 'True';
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
