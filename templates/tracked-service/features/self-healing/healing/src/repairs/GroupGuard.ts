import {
  DescribeAutoScalingGroupsCommand,
  UpdateAutoScalingGroupCommand,
  type AutoScalingClient,
} from '@aws-sdk/client-auto-scaling';
import type { DeclaredState } from '../declared/DeclaredState.js';
import type { Difference, Guard } from './types.js';

/** Restores the bounds of the Auto Scaling group. The desired capacity belongs to the scaling policies. */
export class GroupGuard implements Guard {
  readonly kind = 'group';
  readonly #autoScaling: AutoScalingClient;

  constructor(options: { autoScaling: AutoScalingClient }) {
    this.#autoScaling = options.autoScaling;
  }

  async compare({ group }: DeclaredState): Promise<Difference[]> {
    const { AutoScalingGroups: [found] = [] } = await this.#autoScaling.send(
      new DescribeAutoScalingGroupsCommand({
        AutoScalingGroupNames: [group.name],
      }),
    );
    if (!found) throw new Error(`Auto Scaling group ${group.name} not found`);
    const { MinSize: minSize, MaxSize: maxSize } = found;
    if (minSize === group.minSize && maxSize === group.maxSize) return [];
    return [
      {
        resource: group.name,
        action: `set the bounds of ${group.name} to ${bounds(group)}`,
        declared: bounds(group),
        found: bounds({ minSize, maxSize }),
        repair: () =>
          this.#autoScaling.send(
            new UpdateAutoScalingGroupCommand({
              AutoScalingGroupName: group.name,
              MinSize: group.minSize,
              MaxSize: group.maxSize,
            }),
          ),
      },
    ];
  }
}

function bounds(group: {
  minSize: number | undefined;
  maxSize: number | undefined;
}): string {
  return `${group.minSize ?? '?'} to ${group.maxSize ?? '?'} instances`;
}
