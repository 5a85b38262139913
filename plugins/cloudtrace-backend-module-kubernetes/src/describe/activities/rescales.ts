import type {
  CodedMessage,
  ScalingActivity,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WorkloadObjects } from '../../objects/types';
import { nameOf, shortenText } from '../fields';
import { hpaMetrics, type HpaMetric } from '../metrics/hpaMetrics';
import type { ActivityContext } from './ActivityContext';
import { isSameChange } from './parseReplicaChanges';
import type { Rescale } from './parseRescales';
import { toActivity } from './toActivity';

/** Changes of size by the autoscaler or by KEDA, with metric and target. */
export function describeRescales({
  objects,
  replicaChanges,
  rescales,
  now,
}: ActivityContext): ScalingActivity[] {
  return rescales.map(rescale => {
    const { occurrence, activityId, at, to, hasFailed, error } = rescale;
    const metric = metricOf(rescale, objects);
    const from =
      rescale.from ??
      replicaChanges.find(change => !hasFailed && isSameChange(change, rescale))
        ?.from;
    return toActivity(
      {
        activityId,
        kind: 'capacity-change',
        status: hasFailed ? 'failed' : 'successful',
        vendorStatus: occurrence.reason,
        causeKind: 'policy',
        policyName: occurrence.name,
        cause: causeOf(rescale, metric),
        threshold: metric?.target,
        unit: metric?.unit,
        at,
        endedAt: occurrence.at,
        fromCapacity: from,
        toCapacity: to,
        description: occurrence.message,
        message: error,
      },
      now,
    );
  });
}

function causeOf(
  { occurrence, reason = '' }: Rescale,
  metric: HpaMetric | undefined,
): CodedMessage {
  const { name } = occurrence;
  const known = [occurrence.reason, reason].find(each =>
    Object.hasOwn(SIMPLE_CAUSES, each),
  );
  if (known) return { code: SIMPLE_CAUSES[known], values: { name } };
  const above = /^(.*) above target$/.exec(reason)?.[1];
  if (above === undefined) {
    return {
      code: 'scaled-by-autoscaler-for',
      values: { name, reason: shortenText(reason) },
    };
  }
  const label = metric?.label ?? shortenText(above);
  if (metric?.target === undefined) {
    return {
      code: 'scaled-by-autoscaler-above-some',
      values: { name, metric: label },
    };
  }
  return {
    code: 'scaled-by-autoscaler-above',
    values: { name, metric: label, target: wordTarget(metric) },
  };
}

const SIMPLE_CAUSES: Readonly<Record<string, CodedMessage['code']>> = {
  KEDAScaleTargetActivated: 'scaled-by-keda-active',
  KEDAScaleTargetActivationFailed: 'scaled-by-keda-active',
  KEDAScaleTargetDeactivated: 'scaled-by-keda-inactive',
  KEDAScaleTargetDeactivationFailed: 'scaled-by-keda-inactive',
  'All metrics below target': 'scaled-by-autoscaler-below',
  'Current number of replicas above Spec.MaxReplicas':
    'scaled-by-autoscaler-to-max',
  'Current number of replicas below Spec.MinReplicas':
    'scaled-by-autoscaler-to-min',
};

/** The metric that the event names. */
function metricOf(
  { occurrence, reason = '' }: Rescale,
  { hpa, otherHpas = [] }: WorkloadObjects,
): HpaMetric | undefined {
  const own = [hpa, ...otherHpas].find(
    each => each && nameOf(each) === occurrence.name,
  );
  if (!own) return undefined;
  return hpaMetrics(own).find(({ eventName, hasSelector }) =>
    hasSelector
      ? reason.startsWith(`${eventName}(`)
      : reason === `${eventName} above target`,
  );
}

function wordTarget({ target, unit }: HpaMetric): string {
  const value = String(Number(target!.toFixed(3)));
  const named = unit === '%' || unit === 'By' ? ` ${unit}` : '';
  return `${value}${named}`;
}
