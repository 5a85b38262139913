import {
  wordTexts,
  type ScalingPolicy,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import { seriesIdOf } from '../metrics/seriesIdOf';
import { conditionOf, fieldAt, nameOf, numberAt, textAt } from '../fields';
import { hpaMetrics } from '../metrics/hpaMetrics';

/**
 * One policy for each metric of the autoscaler: each of them alone can raise
 * the size. Absent if autoscalers cannot be read.
 */
export function describePolicies({
  hpa,
  freshAt,
}: WorkloadObjects): ScalingPolicy[] | undefined {
  if (!hpa) return freshAt.horizontalpodautoscalers && [];
  const metrics = hpaMetrics(hpa);
  const name = nameOf(hpa) ?? 'hpa';
  const shared = {
    kind: 'target-tracking' as const,
    enabled: isEnabled(hpa),
    cooldownMs: stabilizationMs(hpa),
  };
  if (metrics.length === 0) return [{ name, ...shared }];
  return metrics.map(metric => ({
    name: metrics.length === 1 ? name : `${name} / ${metric.key}`,
    ...shared,
    ...wordTexts({ metricName: metric.label }),
    metricSeriesId: seriesIdOf(metric),
    targetValue: metric.target,
    unit: metric.unit,
  }));
}

/**
 * An autoscaler is off while its target is scaled to zero by hand. One whose
 * metrics cannot be read is on and fails, which is a problem of its own.
 */
function isEnabled(hpa: WatchedObject): boolean {
  const active = conditionOf(hpa, 'ScalingActive');
  return (
    textAt(active, 'status') !== 'False' ||
    textAt(active, 'reason') !== 'ScalingDisabled'
  );
}

/** How long a scale-in waits; the controller's default is not in the object. */
function stabilizationMs(hpa: WatchedObject): number | undefined {
  const seconds = numberAt(
    fieldAt(hpa, 'spec', 'behavior', 'scaleDown'),
    'stabilizationWindowSeconds',
  );
  return seconds === undefined ? undefined : seconds * 1000;
}
