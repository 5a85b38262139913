import { InputError } from '@backstage/errors';

/** Types of resources that every provider may report. */
const RESOURCE_TYPES = [
  'auto-scaling-group',
  'target-group',
  'load-balancer',
  'db-instance',
  'db-cluster',
  'ecs-service',
];

/**
 * Returns the resources of a metric set, which is a type of resource; all if no
 * set is named.
 *
 * @throws InputError if the set is neither a common type nor a type of these
 * resources. A common type without resources is an empty set.
 */
export function ofMetricSet<R extends { type: string }>(
  resources: readonly R[],
  set: string | undefined,
): R[] {
  if (set === undefined) return [...resources];
  const types = new Set([
    ...RESOURCE_TYPES,
    ...resources.map(({ type }) => type),
  ]);
  if (!types.has(set)) {
    throw new InputError(
      `Query parameter 'set' must be one of ${[...types].join(', ')}`,
    );
  }
  return resources.filter(({ type }) => type === set);
}
