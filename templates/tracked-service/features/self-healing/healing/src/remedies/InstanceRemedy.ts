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
import {
  chooseInstance,
  type Figure,
  type InstanceLoad,
} from './chooseInstance.js';
import { readActivities, type RecentActivities } from './readActivities.js';
import { readInstanceLoads } from './readInstanceLoads.js';

/** Alarm names by the figure that they watch. */
export interface AlarmNames {
  readonly cpu: string;
  readonly memory: string;
}

/** What was done about an alarm. */
export interface Remedy {
  readonly reason: string;
  /** `undefined` means that nothing had to be done, for this reason. */
  readonly step?: {
    readonly status: 'succeeded' | 'failed';
    readonly action: string;
    readonly instanceId: string;
  };
}

/** If this many replacements within an hour did not help, one more does not either. */
const MAX_REPLACEMENTS_PER_HOUR = 3;
/**
 * A younger instance is not replaced, because the next one would be the same in as many minutes: CPU is high while a
 * service starts, and memory that is full within an hour is too small.
 */
const MIN_AGE_MINUTES: Readonly<Record<Figure, number>> = {
  cpu: 15,
  memory: 60,
};

/** Replaces the instance behind an alarm of CPU or memory: one at a time, and only while all the others are healthy. */
export class InstanceRemedy {
  readonly #autoScaling: AutoScalingClient;
  readonly #cloudWatch: CloudWatchClient;
  readonly #groupName: string;
  readonly #figures: ReadonlyMap<string, Figure>;

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
    const obstacle = findObstacle(group);
    if (obstacle) return { reason: obstacle };
    const activities = await readActivities({
      autoScaling: this.#autoScaling,
      groupName: this.#groupName,
      now,
    });
    const chosen = chooseInstance({
      figure,
      loads: await readInstanceLoads({
        cloudWatch: this.#cloudWatch,
        figure,
        groupName: this.#groupName,
        instanceIds: idsOf(group),
        now,
      }),
      youngInstances: findYoung(activities, figure, now),
    });
    return chosen
      ? this.#replace(chosen, figure, activities)
      : { reason: 'no instance has a problem of its own, or it is too young' };
  }

  async #replace(
    { instanceId, percent }: InstanceLoad,
    figure: Figure,
    { replacements }: RecentActivities,
  ): Promise<Remedy> {
    const name = figure === 'cpu' ? 'CPU' : 'Memory';
    const reason = `${name} at ${Math.round(percent)} % on average over the last minutes`;
    const step = { action: `replace instance ${instanceId}`, instanceId };
    if (replacements >= MAX_REPLACEMENTS_PER_HOUR) {
      return {
        reason: `${reason}, but replacing instances does not help: ${replacements} were replaced for their health within an hour`,
        step: { ...step, status: 'failed' },
      };
    }
    await this.#autoScaling.send(
      new SetInstanceHealthCommand({
        InstanceId: instanceId,
        HealthStatus: 'Unhealthy',
        ShouldRespectGracePeriod: true,
      }),
    );
    return { reason, step: { ...step, status: 'succeeded' } };
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

function findYoung(
  { launchedAt }: RecentActivities,
  figure: Figure,
  now: Date,
): ReadonlySet<string> {
  const launchedAfter = now.getTime() - MIN_AGE_MINUTES[figure] * 60_000;
  return new Set(
    [...launchedAt]
      .filter(([, at]) => at.getTime() > launchedAfter)
      .map(([id]) => id),
  );
}

function idsOf({ Instances = [] }: AutoScalingGroup): string[] {
  return Instances.flatMap(({ InstanceId }) => InstanceId ?? []);
}
