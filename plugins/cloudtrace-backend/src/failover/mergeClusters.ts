import type { FailureCluster } from './classifyFailures';
import { FLAP_WINDOW_MS } from './findTargetFailures';

/**
 * Merges clusters of the same subject that overlap or are close together: an
 * instance can be in several target groups, and a zone can flap.
 */
export function mergeClusters(
  clusters: readonly FailureCluster[],
): FailureCluster[] {
  const bySubject = new Map<string, FailureCluster[]>();
  const sorted = [...clusters].sort((a, b) => fromOf(a) - fromOf(b));
  for (const cluster of sorted) {
    const key = `${cluster.kind}\n${cluster.key}`;
    const own = bySubject.get(key) ?? [];
    const last = own.at(-1);
    const end = last && toOf(last);
    if (
      last &&
      (end === undefined || fromOf(cluster) - end <= FLAP_WINDOW_MS)
    ) {
      last.failures = [...last.failures, ...cluster.failures];
      last.chain ??= cluster.chain;
    } else {
      own.push({ ...cluster });
    }
    bySubject.set(key, own);
  }
  return [...bySubject.values()].flat();
}

/** When the first of a cluster's failures was detected. */
export function fromOf({ failures }: FailureCluster): number {
  return Math.min(...failures.map(({ from }) => from));
}

/** When the last of a cluster's failures ended; `undefined` while one is ongoing. */
export function toOf({ failures }: FailureCluster): number | undefined {
  const ends = failures.map(({ to }) => to);
  return ends.some(end => end === undefined)
    ? undefined
    : Math.max(...(ends as number[]));
}
