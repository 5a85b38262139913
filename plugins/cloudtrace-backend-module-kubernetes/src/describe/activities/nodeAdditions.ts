import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import { digestOf } from '../fields';
import type { ActivityContext } from './ActivityContext';
import { toActivity } from './toActivity';

/**
 * Nodes that the cluster autoscaler adds: `pod triggered scale-up: [{group 1->2
 * (max: 3)}]` on each pod that waits (cluster-autoscaler, processors/status).
 * Pods that wait for the same node are one activity.
 */
export function describeNodeAdditions({
  occurrences,
  now,
}: ActivityContext): ScalingActivity[] {
  const byChange = new Map<string, ScalingActivity>();
  for (const { reason, message, at } of occurrences) {
    if (reason !== 'TriggeredScaleUp') continue;
    const key = `node-added/${digestOf(message)}/${at.toISOString()}`;
    byChange.set(
      key,
      toActivity(
        {
          activityId: key,
          kind: 'other',
          status: 'successful',
          causeKind: 'unknown',
          cause: { code: 'node-added', values: {} },
          at,
          endedAt: at,
          description: message,
        },
        now,
      ),
    );
  }
  return [...byChange.values()];
}
