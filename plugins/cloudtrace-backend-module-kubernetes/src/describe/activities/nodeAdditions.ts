import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import { digestOf } from '../fields';
import type { Occurrence } from '../readOccurrences';
import type { ActivityContext } from './ActivityContext';
import { toActivity } from './toActivity';

/**
 * Nodes that a cluster autoscaler asks for. Pods that wait for the same node are
 * one activity. Whether the node came is unknown: no event of the pods says so.
 */
export function describeNodeAdditions({
  occurrences,
  now,
}: ActivityContext): ScalingActivity[] {
  const byNode = new Map<string, ScalingActivity>();
  for (const occurrence of occurrences) {
    const node = requestedNode(occurrence);
    // The first event counts: a later one repeats it.
    if (node === undefined || byNode.has(node)) continue;
    const { at, message } = occurrence;
    byNode.set(
      node,
      toActivity(
        {
          activityId: `node-added/${node}`,
          kind: 'other',
          status: 'unknown',
          causeKind: 'unknown',
          cause: { code: 'node-requested', values: {} },
          at,
          endedAt: at,
          description: message,
        },
        now,
      ),
    );
  }
  return [...byNode.values()];
}

/** A NodeClaim without a node yet. */
const NEW_NODE = /^Pod should schedule on: nodeclaim\/(\S{1,253})$/;

/**
 * What identifies the node that a pod waits for: `pod triggered scale-up:
 * [{group 1->2 (max: 3)}]` (cluster-autoscaler, processors/status), or `Pod
 * should schedule on: nodeclaim/default-x2k`, which ends with `, node/…` if the
 * node exists (karpenter 1.15, provisioning/scheduling/events.go).
 */
function requestedNode({
  kind,
  reason,
  message,
  at,
}: Occurrence): string | undefined {
  if (kind !== 'Pod') return undefined;
  if (reason === 'TriggeredScaleUp') {
    return `${digestOf(message)}/${at.toISOString()}`;
  }
  const claim =
    reason === 'Nominated' ? NEW_NODE.exec(message)?.[1] : undefined;
  return claim && digestOf(claim);
}
