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

/** Something read at a time. */
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

/** What was learned of an ECS service when its tasks were last read. */
export interface EcsTasksMemory {
  fingerprint: string;
  instances: FleetInstance[];
}

/**
 * What one account and region's cycles remember, so that a cycle in which
 * nothing changed asks little. All of it can be lost: the next cycle then reads it again.
 */
export class RegionMemory {
  /** What the last `locate` found, for events that name a group or service. */
  latestResources: KnownResource[] = [];
  taggedAlarms: TaggedAlarm[] = [];
  /** Last complete inventory, for cycles in which reading it fails. */
  inventory?: Remembered<AwsInventory>;
  /** Groups that `locate` has just read; used once. */
  freshGroups?: Remembered<Map<string, AutoScalingGroup>>;
  readonly targetGroups = new Map<string, Remembered<TargetGroup>>();
  /** Policies and schedules by id of their resource: a name can be given again to another group. */
  readonly policies = new Map<string, Remembered<PolicyWithSteps[]>>();
  readonly schedules = new Map<string, Remembered<ScheduledAction[]>>();
  readonly launches = new Map<string, LaunchFacts>();
  /** Start of the earliest activity that was still running, by group. */
  readonly openActivities = new Map<string, number>();
  readonly alarms = new Map<string, KnownAlarm>();
  /** When and at which values alarms fired, newest first. */
  readonly breaches = new Map<string, AlarmBreach[]>();
  /** When an alarm changed last, as far as its history is read. */
  readonly alarmsReadUpTo = new Map<string, string>();
  readonly targetHealth = new Map<string, Remembered<TargetHealthMemory>>();
  /** Last success by part and resource, see `historyStart`. */
  readonly historyReadAtMs = new Map<string, number>();
  /** Parts of which even the beginning was not read yet. */
  readonly historyMissing = new Set<string>();
  readonly metricsReadAtMs = new Map<string, number>();
  /** Private addresses of tasks, by instance id; targets of type ip carry only those. */
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

  /** Forgets what belongs to resources and instances that are gone. */
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
    // Instances come and go without end; those of a day ago are read again if needed.
    if (this.launches.size > MAX_REMEMBERED) this.launches.clear();
    if (this.ownerOf.size > MAX_REMEMBERED) this.ownerOf.clear();
    if (this.addresses.size > MAX_REMEMBERED) this.addresses.clear();
    if (this.historyReadAtMs.size > MAX_REMEMBERED) {
      this.historyReadAtMs.clear();
      this.historyMissing.clear();
    }
  }
}

/** What the last look at a target group showed. */
export interface TargetHealthMemory {
  allHealthy: boolean;
  /** Instances of the groups that register there, at that time. */
  members: string;
  /** Healthy and unhealthy hosts that CloudWatch counted. */
  hostCounts?: string;
}
