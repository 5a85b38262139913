import { fieldAt, listAt, nameOf, timeAt } from '../describe/fields';
import { parseQuantity } from '../describe/metrics/parseQuantity';
import type { PodUsage } from '../objects/PodUsage';

/**
 * The usage of each pod in a PodMetricsList (metrics.k8s.io/v1beta1). A pod is
 * the sum of its containers; if one of them is unknown, so is the sum.
 */
export function parsePodMetrics(list: unknown): Map<string, PodUsage> {
  return new Map(
    listAt(list, 'items').flatMap(item => {
      const name = nameOf(item);
      const at = timeAt(item, 'timestamp');
      if (!name || !at) return [];
      const containers = listAt(item, 'containers');
      const usage = {
        at,
        cpu: sumOf(containers, 'cpu'),
        memory: sumOf(containers, 'memory'),
      };
      return [[name, usage] as const];
    }),
  );
}

function sumOf(
  containers: readonly unknown[],
  resource: 'cpu' | 'memory',
): number | undefined {
  if (containers.length === 0) return undefined;
  let sum = 0;
  for (const container of containers) {
    const used = parseQuantity(fieldAt(container, 'usage', resource));
    if (used === undefined || used < 0) return undefined;
    sum += used;
  }
  return sum;
}
