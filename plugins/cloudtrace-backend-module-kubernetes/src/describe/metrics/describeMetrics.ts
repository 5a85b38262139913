import {
  wordTexts,
  type FleetMetricSeries,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import { untilNow } from '../clock';
import { conditionOf, countAt, textAt } from '../fields';
import { currentValues, hpaMetrics } from './hpaMetrics';
import { seriesIdOf } from './seriesIdOf';
import { usageSeries } from './usageSeries';

/** How often an autoscaler reads its metrics, by default. */
const PERIOD_MS = 15_000;

/**
 * What the pods use, and the metrics of the autoscaler; absent if neither can
 * be read.
 */
export function describeMetrics(
  objects: WorkloadObjects,
  now: Date,
): FleetMetricSeries[] | undefined {
  const { hpa, freshAt } = objects;
  const usage = usageSeries(objects, now);
  const readAt = freshAt.horizontalpodautoscalers;
  if (!readAt) return usage.length > 0 ? usage : undefined;
  return hpa && isMeasuring(hpa)
    ? [...usage, ...autoscalerSeries(hpa, untilNow(readAt, now))]
    : usage;
}

/**
 * Whether the controller calculates the values in the status. It keeps those of
 * an earlier round if it cannot read the metrics (ScalingActive) or the size of
 * its target (AbleToScale), or has not seen an edit yet.
 */
export function isMeasuring(hpa: WatchedObject): boolean {
  return (
    CONDITIONS.every(
      type => textAt(conditionOf(hpa, type), 'status') !== 'False',
    ) &&
    isObserved(hpa) &&
    !textAt(hpa, 'metadata', 'deletionTimestamp')
  );
}

const CONDITIONS = ['ScalingActive', 'AbleToScale'];

/** Not all versions of Kubernetes count the edits of an autoscaler. */
export function isObserved(hpa: WatchedObject): boolean {
  const generation = countAt(hpa, 'metadata', 'generation');
  const observed = countAt(hpa, 'status', 'observedGeneration');
  return !generation || observed === undefined || observed >= generation;
}

/**
 * The status of an autoscaler has no time: it is what the controller knew at
 * its last round before the autoscaler was read.
 */
function autoscalerSeries(
  hpa: WatchedObject,
  readAt: Date,
): FleetMetricSeries[] {
  const metrics = hpaMetrics(hpa);
  const values = currentValues(hpa, metrics);
  const round = Math.floor(readAt.getTime() / PERIOD_MS) * PERIOD_MS;
  return metrics.flatMap(metric => {
    const value = values.get(metric.key);
    if (value === undefined) return [];
    return [
      {
        seriesId: seriesIdOf(metric),
        ...wordTexts({ label: metric.label }),
        unit: metric.unit ?? '1',
        statistic: 'Average',
        periodMs: PERIOD_MS,
        times: [new Date(round).toISOString()],
        values: [value],
      },
    ];
  });
}
