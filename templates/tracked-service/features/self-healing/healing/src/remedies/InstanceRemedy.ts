import {
  DescribeAutoScalingGroupsCommand,
  SetInstanceHealthCommand,
  type AutoScalingClient,
  type AutoScalingGroup,
} from '@aws-sdk/client-auto-scaling';
import {
  DescribeAlarmsCommand,
  type CloudWatchClient,
} from '@aws-sdk/client-cloudwatch';
import { chooseInstance } from './chooseInstance.js';
import { readInstanceLoads } from './readInstanceLoads.js';

/** Alarm names by the figure that they watch. */
export interface AlarmNames {
  readonly cpu: string;
  readonly memory: string;
}

/** What was done about an alarm. */
export interface Remedy {
  readonly alarm: string;
  readonly instanceId?: string;
  /** `undefined` means that nothing had to be done, for this reason. */
  readonly action: string | undefined;
  readonly reason: string;
}

/** Replaces the instance behind an alarm of CPU or memory: one at a time, and only while all the others are healthy. */
export class InstanceRemedy {
  readonly #autoScaling: AutoScalingClient;
  readonly #cloudWatch: CloudWatchClient;
  readonly #groupName: string;
  readonly #figures: ReadonlyMap<string, 'cpu' | 'memory'>;

  constructor(options: {
    autoScaling: AutoScalingClient;
    cloudWatch: CloudWatchClient;
    groupName: string;
    alarms: AlarmNames;
  }) {
    this.#autoScaling = options.autoScaling;
    this.#cloudWatch = options.cloudWatch;
    this.#groupName = options.groupName;
    this.#figures = new Map([
      [options.alarms.cpu, 'cpu'],
      [options.alarms.memory, 'memory'],
    ]);
  }

  /** Names of our alarms in the state ALARM. */
  async findAlarms(): Promise<string[]> {
    const { MetricAlarms = [] } = await this.#cloudWatch.send(
      new DescribeAlarmsCommand({
        AlarmNames: [...this.#figures.keys()],
        StateValue: 'ALARM',
      }),
    );
    return MetricAlarms.flatMap(({ AlarmName }) => AlarmName ?? []);
  }

  /** Handles one alarm; `undefined` for an alarm that is not ours. */
  async handle(alarm: string, now: Date): Promise<Remedy | undefined> {
    const figure = this.#figures.get(alarm);
    if (!figure) return undefined;
    const group = await this.#readGroup();
    const nothing = (reason: string): Remedy => ({
      alarm,
      action: undefined,
      reason,
    });
    const obstacle = findObstacle(group);
    if (obstacle) return nothing(obstacle);

    const loads = await readInstanceLoads({
      cloudWatch: this.#cloudWatch,
      figure,
      groupName: this.#groupName,
      instanceIds: idsOf(group),
      now,
    });
    const chosen = chooseInstance(figure, loads);
    if (!chosen) {
      return nothing('no instance has a problem of its own');
    }
    await this.#autoScaling.send(
      new SetInstanceHealthCommand({
        InstanceId: chosen.instanceId,
        HealthStatus: 'Unhealthy',
        ShouldRespectGracePeriod: true,
      }),
    );
    const percent = Math.round(chosen.percent);
    return {
      alarm,
      instanceId: chosen.instanceId,
      action: `replace instance ${chosen.instanceId}`,
      reason: `${
        figure === 'cpu' ? 'CPU' : 'Memory'
      } at ${percent} % on average over the last minutes`,
    };
  }

  async #readGroup(): Promise<AutoScalingGroup> {
    const { AutoScalingGroups: [group] = [] } = await this.#autoScaling.send(
      new DescribeAutoScalingGroupsCommand({
        AutoScalingGroupNames: [this.#groupName],
      }),
    );
    if (!group) {
      throw new Error(`Auto Scaling group ${this.#groupName} not found`);
    }
    return group;
  }
}

/** Why no instance may be replaced now. */
function findObstacle({
  Instances = [],
  MinSize = 0,
}: AutoScalingGroup): string | undefined {
  const busy = Instances.filter(
    ({ LifecycleState, HealthStatus }) =>
      LifecycleState !== 'InService' || HealthStatus !== 'Healthy',
  );
  if (busy.length > 0) {
    const ids = busy.map(({ InstanceId }) => InstanceId).join(', ');
    return `instances are starting, stopping or unhealthy: ${ids}`;
  }
  if (Instances.length < Math.max(2, MinSize)) {
    return `too few instances are in service: ${Instances.length}`;
  }
  return undefined;
}

function idsOf({ Instances = [] }: AutoScalingGroup): string[] {
  return Instances.flatMap(({ InstanceId }) => InstanceId ?? []);
}
