import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import { countAt, labelOf, listAt, textAt } from '../fields';
import { workloadKindOf } from './workloadKind';

/** Least and greatest size of a workload; absent where unknown. */
interface SizeLimits {
  min?: number;
  max?: number;
}

/** Defaults of KEDA for a ScaledObject without limits (apis/keda/v1alpha1). */
const KEDA_DEFAULT_MAX = 100;

/**
 * Whether KEDA made this autoscaler from a ScaledObject, which owns it. Its
 * labels are copied too, unless an annotation excludes them (keda 2.21,
 * controllers/keda/hpa.go).
 */
export function isFromKeda(hpa: WatchedObject): boolean {
  return (
    labelOf(hpa, 'scaledobject.keda.sh/name') !== undefined ||
    listAt(hpa, 'metadata', 'ownerReferences').some(
      owner => textAt(owner, 'kind') === 'ScaledObject',
    )
  );
}

/**
 * The limits of a workload. A ScaledObject comes first: its autoscaler has a
 * minimum of at least 1, but KEDA itself scales to 0. Without an autoscaler the
 * size is fixed, if it is known that none exists and that KEDA, which deletes
 * its autoscaler while it is paused, scales nothing here.
 */
export function limitsOf(
  objects: WorkloadObjects,
  desired: number,
): SizeLimits {
  const { hpa, scaledObject, freshAt } = objects;
  if (scaledObject) return limitsOfKeda(scaledObject);
  if (hpa) return limitsOfHpa(hpa);
  const isScalable = workloadKindOf(objects.workload) !== 'DaemonSet';
  const areScalersRead =
    freshAt.horizontalpodautoscalers && freshAt.scaledobjects;
  if (isScalable && !areScalersRead) return {};
  return { min: desired, max: desired };
}

function limitsOfHpa(hpa: WatchedObject): SizeLimits {
  const max = countAt(hpa, 'spec', 'maxReplicas');
  // KEDA's minimum is that of the ScaledObject, which cannot be read.
  if (isFromKeda(hpa)) return { max };
  return { min: countAt(hpa, 'spec', 'minReplicas') ?? 1, max };
}

function limitsOfKeda(scaledObject: WatchedObject): SizeLimits {
  const least = countAt(scaledObject, 'spec', 'minReplicaCount') ?? 0;
  const idle = countAt(scaledObject, 'spec', 'idleReplicaCount') ?? least;
  return {
    min: Math.min(least, idle),
    max: countAt(scaledObject, 'spec', 'maxReplicaCount') ?? KEDA_DEFAULT_MAX,
  };
}
