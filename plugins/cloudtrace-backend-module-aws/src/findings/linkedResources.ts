import {
  groupBy,
  type FleetLocation,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { LinkedResources } from './FindingsService';
import type { AwsInventory } from '../region/AwsInventory';

/**
 * What each entity may show of a region: its located resources, and the
 * instances of its groups.
 */
export function linkedResources(
  locations: readonly FleetLocation[],
  inventory: AwsInventory,
  partition: string,
): Map<string, LinkedResources> {
  const { accountId, region } = inventory;
  const here = locations.filter(
    ({ resource }) =>
      resource.account === accountId && resource.region === region,
  );
  const instanceIds = new Map(
    inventory.groups.map(group => [
      group.AutoScalingGroupARN ?? '',
      (group.Instances ?? []).map(({ InstanceId }) => InstanceId ?? ''),
    ]),
  );
  const linked = new Map<string, LinkedResources>();
  for (const [ref, own] of groupBy(here, ({ scope }) => scope.entityRef)) {
    const arns = [...new Set(own.map(({ resource }) => resource.id))];
    const ids = new Set(arns.flatMap(arn => instanceIds.get(arn) ?? []));
    linked.set(ref, {
      arns,
      instances: [...ids].filter(Boolean).map(id => ({
        id,
        arn: `arn:${partition}:ec2:${region}:${accountId}:instance/${id}`,
      })),
    });
  }
  return linked;
}
