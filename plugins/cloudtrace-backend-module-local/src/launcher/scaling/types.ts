import type { CodedMessage } from '@cloudtrace/plugin-cloudtrace-common';

/** Target tracking: keeps a metric, averaged over the instances in service, at its target. */
export interface TargetTrackingPolicy {
  name: string;
  /** The displayed name, e.g. `request rate`. */
  metricName: string;
  /** The message behind the name. */
  coded?: Record<string, CodedMessage>;
  /** Id of the metric series that shows the metric. */
  metricSeriesId: string;
  /** Follows the value; UCUM says in braces what a mere number counts. */
  unit: string;
  target: number;
  /** Deviations below this share of the target are noise; 5 % by default. */
  tolerance?: number;
}

/** What the group may do and how fast. */
export interface ScalingSettings {
  min: number;
  max: number;
  scaleOutCooldownMs: number;
  scaleInCooldownMs: number;
  /** How long a metric must be low before an instance is removed. */
  scaleInAfterMs: number;
  policies: TargetTrackingPolicy[];
}

/** The input of the decision. */
export interface ScalingObservation {
  nowMs: number;
  desired: number;
  /** Instances that receive requests, over which the metrics are averaged. */
  inService: number;
  /** Average per instance in service by policy name; undefined if there is no data. */
  values: Record<string, number | undefined>;
  lastScaleOutAtMs?: number;
  lastScaleInAtMs?: number;
  /** Since when every policy has needed fewer instances; undefined while one does not. */
  lowSinceMs?: number;
}

/** A change of the desired capacity and its reason. */
export interface ScalingDecision {
  desired: number;
  /** In words, e.g. `request rate 42.0/s per instance > 20/s target`. */
  cause: string;
  policyName: string;
  metricValue: number;
  threshold: number;
  comparison: '>' | '<';
  unit: string;
  /** The policies need more than the maximum allows. */
  limited: boolean;
}

/** Timeouts of a group, in milliseconds. */
export interface GroupTiming {
  /** An instance that is not healthy by then has failed to launch. */
  launchTimeoutMs: number;
  /** How long a target must be unhealthy before a running instance is replaced. */
  replaceUnhealthyAfterMs: number;
  /** The same for an instance whose process has ended. */
  replaceDeadAfterMs: number;
  minDrainMs: number;
  maxDrainMs: number;
  terminateGraceMs: number;
}
