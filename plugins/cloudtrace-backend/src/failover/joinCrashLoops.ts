import type { FailureCluster } from './classifyFailures';
import { FLAP_WINDOW_MS } from './findTargetFailures';
import { fromOf } from './mergeClusters';

/**
 * Joins failures of instances that replace each other: one that served for the
 * first time while another's failure was open, and fails soon itself, belongs to
 * that one. Told one by one, a crash loop would look like as many accidents.
 */
export function joinCrashLoops(
  clusters: readonly FailureCluster[],
): FailureCluster[] {
  const joined: FailureCluster[] = [];
  const sorted = [...clusters].sort((a, b) => fromOf(a) - fromOf(b));
  for (const cluster of sorted) {
    const loop = joined.find(earlier => isReplacementOf(cluster, earlier));
    if (!loop) {
      joined.push({ ...cluster });
      continue;
    }
    loop.failures = [...loop.failures, ...cluster.failures];
    loop.chain = [...(loop.chain ?? [loop.label]), cluster.label];
  }
  return joined;
}

function isReplacementOf(
  later: FailureCluster,
  earlier: FailureCluster,
): boolean {
  if (later.kind !== 'instance' || earlier.kind !== 'instance') return false;
  const [first] = later.failures;
  // Two that fail at once at the same time are no chain.
  const last = earlier.failures.at(-1)!;
  return (
    later.resourceId === earlier.resourceId &&
    first.firstServedAt > last.from &&
    first.firstServedAt <= (last.to ?? Infinity) &&
    first.from - first.firstServedAt <= FLAP_WINDOW_MS
  );
}
