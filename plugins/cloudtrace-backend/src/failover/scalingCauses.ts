import type {
  ScalingActivity,
  ScalingCauseKind,
} from '@cloudtrace/plugin-cloudtrace-common';

const forced: ReadonlySet<ScalingCauseKind> = new Set([
  'health-replacement',
  'interruption',
  'maintenance',
]);

const intended: ReadonlySet<ScalingCauseKind> = new Set([
  'policy',
  'schedule',
  'manual',
  'rebalance',
  'instance-refresh',
  'lifetime',
]);

/** Whether the group reacts to an instance that failed or is taken from it. */
export function isForced({ causeKind }: ScalingActivity): boolean {
  return forced.has(causeKind);
}

/**
 * Whether the group or its owner wanted the change. An unknown cause is unknown:
 * only that the group became smaller by it says that it was wanted.
 */
export function isIntended({
  causeKind,
  fromCapacity,
  toCapacity,
}: ScalingActivity): boolean {
  if (intended.has(causeKind)) return true;
  return (
    causeKind === 'unknown' &&
    fromCapacity !== undefined &&
    toCapacity !== undefined &&
    toCapacity < fromCapacity
  );
}

/** Whether an instance is exchanged for one that is to be like it or newer. */
export function isExchange({ causeKind }: ScalingActivity): boolean {
  return causeKind === 'instance-refresh' || causeKind === 'lifetime';
}
