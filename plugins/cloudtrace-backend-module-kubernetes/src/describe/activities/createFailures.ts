import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import { oncePerEvent } from '../readOccurrences';
import { workloadKindOf } from '../scaling/workloadKind';
import type { ActivityContext } from './ActivityContext';
import { toActivity } from './toActivity';

/**
 * Pods that a StatefulSet or DaemonSet could not create: `create Pod web-0 in
 * StatefulSet web failed error: …` (pkg/controller/statefulset),
 * `Error creating: …` (pkg/controller/controller_utils.go). Their status has no
 * condition for it, unlike that of a Deployment.
 */
export function describeCreateFailures({
  objects,
  occurrences,
  now,
}: ActivityContext): ScalingActivity[] {
  const kind = workloadKindOf(objects.workload);
  if (kind !== 'StatefulSet' && kind !== 'DaemonSet') return [];
  const failures = occurrences.filter(
    occurrence =>
      occurrence.reason === 'FailedCreate' && occurrence.kind === kind,
  );
  return oncePerEvent(failures).map(({ first, at, message }) =>
    toActivity(
      {
        activityId: first.id,
        kind: 'launch',
        status: 'failed',
        vendorStatus: 'FailedCreate',
        causeKind: 'unknown',
        cause: { code: 'pod-create-failed', values: {} },
        at: first.at,
        endedAt: at,
        message,
      },
      now,
    ),
  );
}
