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
    if (
      found?.MinSize === group.minSize &&
      found.MaxSize === group.maxSize
    ) {
      return [];
    }
    return [
      {
        resource: group.name,
        action: `set the bounds of ${group.name} to ${bounds(group)}`,
        declared: bounds(group),
        found: found
          ? bounds({ minSize: found.MinSize, maxSize: found.MaxSize })
          : 'no group',
        repair: found ? () => this.#repair(group) : undefined,
      },
    ];
  }

  async #repair({ name, minSize, maxSize }: DeclaredState['group']) {
    return this.#autoScaling.send(
      new UpdateAutoScalingGroupCommand({
        AutoScalingGroupName: name,
        MinSize: minSize,
        MaxSize: maxSize,
      }),
    );
  }
}

function bounds(group: {
  minSize: number | undefined;
  maxSize: number | undefined;
}): string {
  return `${group.minSize ?? '?'} to ${group.maxSize ?? '?'} instances`;
}
