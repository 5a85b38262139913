import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { FleetProblem } from '@cloudtrace/plugin-cloudtrace-common';
import type { KnownResource } from './types';

/** The resources of one account and region that may belong to entities. */
export interface AwsInventory {
  accountId: string;
  region: string;
  resources: KnownResource[];
  /** Tagged alarms; they belong to the resource that they monitor. */
  taggedAlarms: TaggedAlarm[];
  /** Groups as AWS described them, for use in the same cycle. */
  groups: AutoScalingGroup[];
  targetGroups: Map<string, TargetGroup>;
  /** Parts that could not be read; resources of those kinds may be missing. */
  problems: FleetProblem[];
}

/** An alarm with the tag. */
export interface TaggedAlarm {
  name: string;
  /** The entities that the tag names, in lower case. */
  entityRefs: ReadonlySet<string>;
}
