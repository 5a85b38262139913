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

/** Whether the group reacted to an instance that failed or was removed from it. */
export function isForced({ causeKind }: ScalingActivity): boolean {
  return forced.has(causeKind);
}

/**
 * Whether the group or its owner intended the change. A change with an unknown
 * cause counts as intended only if it made the group smaller.
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

/** Whether an instance is replaced by an equal or newer one. */
export function isExchange({ causeKind }: ScalingActivity): boolean {
  return causeKind === 'instance-refresh' || causeKind === 'lifetime';
}
