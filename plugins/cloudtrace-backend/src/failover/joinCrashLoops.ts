import type { FailureCluster } from './classifyFailures';
import { FLAP_WINDOW_MS } from './findTargetFailures';
import { fromOf } from './mergeClusters';

/**
 * Joins failures of instances that replace each other. An instance belongs to
 * an earlier failure if it first served during that failure and soon failed
 * itself. Reported one by one, a crash loop would look like many separate
 * failures.
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
  // Two instances that fail at the same time are not a chain.
  const last = earlier.failures.at(-1)!;
  return (
    later.resourceId === earlier.resourceId &&
    first.firstServedAt > last.from &&
    first.firstServedAt <= (last.to ?? Infinity) &&
    first.from - first.firstServedAt <= FLAP_WINDOW_MS
  );
}
