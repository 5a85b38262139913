/** Target tracking: keeps a metric, averaged over the instances in service, at its target. */
export interface TargetTrackingPolicy {
  name: string;
  /** As shown to people, e.g. `request rate`. */
  metricName: string;
  /** Id of the metric series that shows the metric. */
  metricSeriesId: string;
  unit: string;
  target: number;
}

/** What the group may do and how fast. */
export interface ScalingSettings {
  min: number;
  max: number;
  scaleOutCooldownMs: number;
  scaleInCooldownMs: number;
  /** A metric has to be low for this long before an instance is taken away. */
  scaleInAfterMs: number;
  policies: TargetTrackingPolicy[];
}

/** What is known at the moment of the decision. */
export interface ScalingObservation {
  nowMs: number;
  desired: number;
  /** Instances that take requests, over which the metrics are averaged. */
  inService: number;
  /** Average per instance in service by policy name; undefined where there is no data. */
  values: Record<string, number | undefined>;
  lastScaleOutAtMs?: number;
  lastScaleInAtMs?: number;
  /** Since when every policy has wanted fewer instances; undefined while one does not. */
  lowSinceMs?: number;
}

/** A change of the desired capacity and what made it necessary. */
export interface ScalingDecision {
  desired: number;
  /** In plain words, e.g. `request rate 42.0/s per instance > 20/s target`. */
  cause: string;
  policyName: string;
  metricValue: number;
  threshold: number;
  comparison: '>' | '<';
  unit: string;
  /** More is wanted than the maximum allows. */
  limited: boolean;
}

/** Times of a group's life, in milliseconds. */
export interface GroupTiming {
  /** An instance that is not healthy by then has failed to launch. */
  launchTimeoutMs: number;
  /** How long a target has to be unhealthy before a living instance is replaced. */
  replaceUnhealthyAfterMs: number;
  /** The same for an instance whose process has ended. */
  replaceDeadAfterMs: number;
  minDrainMs: number;
  maxDrainMs: number;
  terminateGraceMs: number;
}
