import { oncePerEvent, type Occurrence } from '../readOccurrences';

/** A change of size by an autoscaler or KEDA. */
export interface Rescale {
  occurrence: Occurrence;
  activityId: string;
  /** Of one that failed, when it was first tried. */
  at: Date;
  from?: number;
  to: number;
  hasFailed: boolean;
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
 * `Scaled apps/v1.Deployment shop/web from 0 to 1, triggered by s0-cron`,
 * `Deactivated … from 1 to 0`, `Failed to scale … from 0 to 1: …` and `Failed to
 * deactivate …` (keda 2.21, pkg/scaling/executor/scale_scaledobjects.go and
 * pkg/eventreason).
 */
const KEDA_SIZE =
  /^(?:Scaled|Deactivated|Failed to scale|Failed to deactivate) .{1,600}? from (\d{1,9}) to (\d{1,9})(?:: ([\s\S]*))?/;
const HPA_REASONS: ReadonlySet<string> = new Set([
  'SuccessfulRescale',
  'FailedRescale',
]);
const KEDA_REASONS: ReadonlySet<string> = new Set([
  'KEDAScaleTargetActivated',
  'KEDAScaleTargetActivationFailed',
  'KEDAScaleTargetDeactivated',
  'KEDAScaleTargetDeactivationFailed',
]);
/** Reasons of a change that was tried in vain. */
const FAILED_REASONS: ReadonlySet<string> = new Set([
  'FailedRescale',
  'KEDAScaleTargetActivationFailed',
  'KEDAScaleTargetDeactivationFailed',
]);

/**
 * All rescales that the events report. A repeated event is another change, but
 * not another failure.
 */
export function parseRescales(occurrences: readonly Occurrence[]): Rescale[] {
  const hasFailed = ({ reason }: Occurrence) => FAILED_REASONS.has(reason);
  return [
    ...occurrences.filter(each => !hasFailed(each)),
    ...oncePerEvent(occurrences.filter(hasFailed)),
  ].flatMap(occurrence => parseHpa(occurrence) ?? parseKeda(occurrence) ?? []);
}

function parseHpa(occurrence: Occurrence): Rescale | undefined {
  if (occurrence.kind !== 'HorizontalPodAutoscaler') return undefined;
  if (!HPA_REASONS.has(occurrence.reason)) return undefined;
  const match = NEW_SIZE.exec(occurrence.message);
  if (!match) return undefined;
  const [, to, reason, error] = match;
  return { ...factsOf(occurrence), to: Number(to), reason, error };
}

function parseKeda(occurrence: Occurrence): Rescale | undefined {
  if (occurrence.kind !== 'ScaledObject') return undefined;
  if (!KEDA_REASONS.has(occurrence.reason)) return undefined;
  const match = KEDA_SIZE.exec(occurrence.message);
  if (!match) return undefined;
  const [, from, to, error] = match;
  const sizes = { from: Number(from), to: Number(to) };
  return { ...factsOf(occurrence), ...sizes, error };
}

function factsOf(occurrence: Occurrence) {
  const hasFailed = FAILED_REASONS.has(occurrence.reason);
  const { id, at } = hasFailed ? occurrence.first : occurrence;
  return { occurrence, activityId: id, at, hasFailed };
}
