import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type {
  FleetInstance,
  ScheduledAction,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { KnownResource } from './types';
import type { AwsInventory, TaggedAlarm } from './AwsInventory';
import type { AlarmBreach, KnownAlarm } from './KnownAlarm';
import type { PolicyWithSteps } from './PolicyWithSteps';

const MAX_REMEMBERED = 100_000;

/** A value and the time it was read. */
export interface Remembered<T> {
  value: T;
  readAtMs: number;
}

/** Launch facts of an EC2 instance; they never change. */
export interface LaunchFacts {
  launchedAt?: string;
  instanceType?: string;
  zone?: string;
}

/** What the last read of an ECS service's tasks returned. */
export interface EcsTasksMemory {
  fingerprint: string;
  instances: FleetInstance[];
}

/**
 * The cache of one account and region between cycles, so that a cycle in which
 * nothing changed makes few calls. It can be lost at any time: the next cycle
 * then reads everything again.
 */
export class RegionMemory {
  /** The result of the last `locate`, for events that name a group or service. */
  latestResources: KnownResource[] = [];
  taggedAlarms: TaggedAlarm[] = [];
  /** The last complete inventory, for cycles in which reading it fails. */
  inventory?: Remembered<AwsInventory>;
  /** Groups from the `locate` just before; used once. */
  freshGroups?: Remembered<Map<string, AutoScalingGroup>>;
  readonly targetGroups = new Map<string, Remembered<TargetGroup>>();
  /** Policies and schedules by id of their resource: a new group can reuse a name. */
  readonly policies = new Map<string, Remembered<PolicyWithSteps[]>>();
  readonly schedules = new Map<string, Remembered<ScheduledAction[]>>();
  readonly launches = new Map<string, LaunchFacts>();
  /** Start of the earliest activity that was still running, by group. */
  readonly openActivities = new Map<string, number>();
  readonly alarms = new Map<string, KnownAlarm>();
  /** When and at which values alarms fired, newest first. */
  readonly breaches = new Map<string, AlarmBreach[]>();
  /** When an alarm last changed, up to the point its history has been read. */
  readonly alarmsReadUpTo = new Map<string, string>();
  readonly targetHealth = new Map<string, Remembered<TargetHealthMemory>>();
  /** Last success by part and resource, see `historyStart`. */
  readonly historyReadAtMs = new Map<string, number>();
  /** Parts whose history has never been read from its beginning. */
  readonly historyMissing = new Set<string>();
  readonly metricsReadAtMs = new Map<string, number>();
  /** Private addresses of tasks, by instance id; targets of type ip contain only those. */
  readonly addresses = new Map<string, string[]>();
  readonly ecsTargetGroups = new Map<string, string[]>();
  readonly ecsTasks = new Map<string, Remembered<EcsTasksMemory>>();
  /** Resource ids of instances, tasks and alarms, for events that name only those. */
  readonly ownerOf = new Map<string, string>();
  /** Resources that an event named; they are read in full once. */
  readonly hinted = new Set<string>();

  addressesOf(instanceId: string): string[] {
    return this.addresses.get(instanceId) ?? [];
  }

  targetGroupsOf(resourceId: string): string[] {
    return (
      this.latestResources.find(known => known.resource.id === resourceId)
        ?.targetGroupArns ?? []
    );
  }

  /** Removes data of resources and instances that no longer exist. */
  forgetExcept(inventory: AwsInventory) {
    const ids = new Set(inventory.resources.map(known => known.resource.id));
    const byId = [
      this.targetGroups,
      this.targetHealth,
      this.metricsReadAtMs,
      this.ecsTargetGroups,
      this.ecsTasks,
    ];
    for (const map of byId) {
      for (const id of map.keys()) if (!ids.has(id)) map.delete(id);
    }
    if (this.policies.size > MAX_REMEMBERED) {
      this.policies.clear();
      this.schedules.clear();
    }
    // The number of instances grows without bound; entries older than a day are
    // dropped and read again if needed.
    if (this.launches.size > MAX_REMEMBERED) this.launches.clear();
    if (this.ownerOf.size > MAX_REMEMBERED) this.ownerOf.clear();
    if (this.addresses.size > MAX_REMEMBERED) this.addresses.clear();
    if (this.historyReadAtMs.size > MAX_REMEMBERED) {
      this.historyReadAtMs.clear();
      this.historyMissing.clear();
    }
  }
}

/** What the last poll of a target group showed. */
export interface TargetHealthMemory {
  allHealthy: boolean;
  /** The instances of the groups that registered there at that time. */
  members: string;
  /** Healthy and unhealthy hosts by CloudWatch's count. */
  hostCounts?: string;
}
