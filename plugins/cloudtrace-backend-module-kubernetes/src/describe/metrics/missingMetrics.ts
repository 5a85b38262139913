import {
  wordTexts,
  type CodedMessage,
  type FleetMissingMetric,
  type JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import { textAt } from '../fields';
import { isMeasuring, isObserved } from './describeMetrics';
import { currentValues, hpaMetrics } from './hpaMetrics';
import {
  isReady,
  isRunning,
  measuredPods,
  missingUsage,
  type MeasuredPod,
} from './measuredPods';
import { seriesIdOf } from './seriesIdOf';
import { FIGURES, isTooLow, type Figure } from './usageSeries';

/**
 * Metrics of a workload without a value now, and why. What cannot be read is
 * left out: a problem says so for all metrics at once.
 */
export function describeMissingMetrics(
  objects: WorkloadObjects,
  now: Date,
): FleetMissingMetric[] {
  return [...missingOfPods(objects, now), ...missingOfAutoscaler(objects)];
}

function missingOfPods(
  objects: WorkloadObjects,
  now: Date,
): FleetMissingMetric[] {
  const { usage } = objects;
  if (!usage) return [];
  const unread = new Set(usage.unread.flatMap(({ figures }) => figures));
  const measured = measuredPods(objects, now);
  return FIGURES.filter(
    ({ of }) => usage.figures.includes(of) && !unread.has(of),
  ).flatMap(figure => {
    const reason = reasonOf(figure, objects, measured, now);
    const label = { code: figure.label, values: {} };
    return reason ? [toMissing(figure.seriesId, label, reason)] : [];
  });
}

function reasonOf(
  figure: Figure,
  objects: WorkloadObjects,
  measured: readonly MeasuredPod[],
  now: Date,
): JudgementCode | undefined {
  if (!objects.pods.some(isRunning)) return 'metric-missing-no-pods';
  const missing = missingUsage(objects, figure.of, now);
  if (missing) return `metric-missing-${missing}`;
  if (isTooLow(figure, objects, now)) return 'metric-missing-some-pods';
  if (figure.valueOf(measured) !== undefined) return undefined;
  const known = measured.filter(({ usage }) => usage[figure.of] !== undefined);
  if (known.length === 0) return 'metric-missing-new-pods';
  return figure.share === 'cpu' && !known.some(({ pod }) => isReady(pod))
    ? 'metric-missing-not-ready'
    : 'metric-missing-no-request';
}

function missingOfAutoscaler({
  hpa,
  freshAt,
}: WorkloadObjects): FleetMissingMetric[] {
  if (!hpa || !freshAt.horizontalpodautoscalers) return [];
  if (textAt(hpa, 'metadata', 'deletionTimestamp')) return [];
  const metrics = hpaMetrics(hpa);
  const values = currentValues(hpa, metrics);
  const reason = reasonOfAutoscaler(hpa);
  return metrics
    .filter(({ key }) => reason || !values.has(key))
    .map(metric =>
      toMissing(
        seriesIdOf(metric),
        metric.label,
        reason ?? 'metric-missing-autoscaler-value',
      ),
    );
}

function reasonOfAutoscaler(hpa: WatchedObject): JudgementCode | undefined {
  if (!isObserved(hpa)) return 'metric-missing-autoscaler-edited';
  return isMeasuring(hpa) ? undefined : 'metric-missing-autoscaler-inactive';
}

function toMissing(
  seriesId: string,
  label: string | CodedMessage,
  reason: JudgementCode,
): FleetMissingMetric {
  return {
    seriesId,
    ...wordTexts({ label, reason: { code: reason, values: {} } }),
  };
}
