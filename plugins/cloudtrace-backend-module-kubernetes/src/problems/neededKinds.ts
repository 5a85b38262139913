import type { JudgementCode } from '@cloudtrace/plugin-cloudtrace-common';
import { isFromKeda } from '../describe/scaling/limitsOf';
import type { WatchedKind, WorkloadObjects } from '../objects/types';
import {
  revisionKinds,
  workloadKinds,
  type WorkloadKind,
} from '../objects/workloadKinds';

/** The kinds that a workload of a kind is described from, and what each says. */
export function neededKinds(
  kind: WorkloadKind,
  { hpa, scaledObject }: Pick<WorkloadObjects, 'hpa' | 'scaledObject'> = {},
): ReadonlyMap<WatchedKind, readonly JudgementCode[]> {
  const revisions = revisionKinds[kind];
  const needed = new Map<WatchedKind, readonly JudgementCode[]>([
    [workloadKinds[kind], ['workload-parts-size']],
    ['pods', ['workload-parts-pods']],
    ['nodes', ['workload-parts-zones']],
    ['services', ['workload-parts-traffic']],
    ['endpointslices', ['workload-parts-traffic']],
    ['events', ['workload-parts-events']],
    [
      revisions,
      // Pods are found through the ReplicaSets that own them.
      revisions === 'replicasets'
        ? ['workload-parts-pods', 'workload-parts-rollouts']
        : ['workload-parts-rollouts'],
    ],
  ]);
  // Nothing scales a DaemonSet: it has one pod per node.
  if (kind !== 'DaemonSet') {
    needed.set('horizontalpodautoscalers', ['workload-parts-limits']);
  }
  // KEDA has an autoscaler of its own, which it deletes while it is paused. In a
  // cluster without KEDA, its kinds count as read.
  if (scaledObject || (hpa ? isFromKeda(hpa) : kind !== 'DaemonSet')) {
    needed.set('scaledobjects', ['workload-parts-limits']);
  }
  return needed;
}
