import type {
  CodedMessage,
  ScalingActivity,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject } from '../../objects/types';
import { shortenText } from '../fields';
import type { Occurrence } from '../readOccurrences';
import { hpaMetrics, type HpaMetric } from '../metrics/hpaMetrics';
import type { ActivityContext } from './ActivityContext';
import { isSameChange, parseReplicaChanges } from './parseReplicaChanges';
import { toActivity } from './toActivity';

/** A change of size by an autoscaler or KEDA. */
interface Rescale {
  occurrence: Occurrence;
  at: Date;
  from?: number;
  to: number;
  /** The autoscaler's words. */
  reason?: string;
  error?: string;
}

/**
 * `New size: 5; reason: cpu resource utilization (percentage of request) above
 * target`, a failed one with `; error: …`
 * (pkg/controller/podautoscaler/horizontal.go).
 */
const NEW_SIZE = /^New size: (\d{1,9}); reason: ([^;]*)(?:; error: ([\s\S]*))?/;
/**
 * `Scaled apps/v1.Deployment shop/web from 0 to 1` and `Deactivated … from 1 to
 * 0` (keda, pkg/scaling/executor/scale_scaledobjects.go).
 */
const KEDA_SIZE =
  /^(?:Scaled|Deactivated) .{1,600}? from (\d{1,9}) to (\d{1,9})/;
const HPA_REASONS: ReadonlySet<string> = new Set([
  'SuccessfulRescale',
  'FailedRescale',
]);
const KEDA_REASONS: ReadonlySet<string> = new Set([
  'KEDAScaleTargetActivated',
  'KEDAScaleTargetDeactivated',
]);

/** All rescales that the events report, ascending. */
export function rescalesOf(occurrences: readonly Occurrence[]): Rescale[] {
  return occurrences.flatMap(
    occurrence => parseHpa(occurrence) ?? parseKeda(occurrence) ?? [],
  );
}

function parseHpa(occurrence: Occurrence): Rescale | undefined {
  if (!HPA_REASONS.has(occurrence.reason)) return undefined;
  const match = NEW_SIZE.exec(occurrence.message);
  if (!match) return undefined;
  const [, to, reason, error] = match;
  return { occurrence, at: occurrence.at, to: Number(to), reason, error };
}

function parseKeda(occurrence: Occurrence): Rescale | undefined {
  if (!KEDA_REASONS.has(occurrence.reason)) return undefined;
  const match = KEDA_SIZE.exec(occurrence.message);
  if (!match) return undefined;
  const [, from, to] = match;
  return { occurrence, at: occurrence.at, from: Number(from), to: Number(to) };
}

/** Changes of size by the autoscaler or by KEDA, with metric and target. */
export function describeRescales({
  objects,
  occurrences,
  now,
}: ActivityContext): ScalingActivity[] {
  const changes = parseReplicaChanges(occurrences);
  return rescalesOf(occurrences).map(rescale => {
    const { occurrence, at, to, error } = rescale;
    const failed = occurrence.reason === 'FailedRescale';
    const metric = metricOf(rescale, objects.hpa);
    const from =
      rescale.from ??
      changes.find(change => !failed && isSameChange(change, rescale))?.from;
    return toActivity(
      {
        activityId: occurrence.id,
        kind: 'capacity-change',
        status: failed ? 'failed' : 'successful',
        vendorStatus: occurrence.reason,
        causeKind: 'policy',
        policyName: occurrence.name,
        cause: causeOf(rescale, metric),
        threshold: metric?.target,
        unit: metric?.unit,
        at,
        endedAt: at,
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
  const simple = SIMPLE_CAUSES[occurrence.reason] ?? SIMPLE_CAUSES[reason];
  if (simple) return { code: simple, values: { name } };
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

const SIMPLE_CAUSES: Readonly<
  Record<string, CodedMessage['code'] | undefined>
> = {
  KEDAScaleTargetActivated: 'scaled-by-keda-active',
  KEDAScaleTargetDeactivated: 'scaled-by-keda-inactive',
  'All metrics below target': 'scaled-by-autoscaler-below',
  'Current number of replicas above Spec.MaxReplicas':
    'scaled-by-autoscaler-to-max',
  'Current number of replicas below Spec.MinReplicas':
    'scaled-by-autoscaler-to-min',
};

/** The metric that the event names. */
function metricOf(
  { reason = '' }: Rescale,
  hpa: WatchedObject | undefined,
): HpaMetric | undefined {
  if (!hpa) return undefined;
  return hpaMetrics(hpa).find(({ eventName, hasSelector }) =>
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
