import type { CodedMessage } from '../judgement/wordJudgement';

/*
 * The fleet model: what a fleet provider reports about an entity's environment.
 * It contains no vendor types; a vendor's own words stay as plain text in
 * fields named `vendor…`, `reasonCode` or `message`. All times are ISO 8601 in
 * UTC.
 */

/**
 * Kinds of resources that a provider can report. Providers may use others,
 * which appear under their own name.
 *
 * @public
 */
export type FleetResourceType =
  | 'auto-scaling-group'
  | 'target-group'
  | 'load-balancer'
  | 'db-instance'
  | 'db-cluster'
  | 'ecs-service'
  | (string & {});

/** Something that belongs to the fleet of one or more entities. @public */
export interface FleetResource {
  /** Id of the provider that reports it, e.g. `aws` or `local`. */
  provider: string;
  /** Unique and stable within the provider, e.g. an ARN. */
  id: string;
  type: FleetResourceType;
  /** Display name. */
  name: string;
  /** Account and region if applicable, e.g. `123456789012`, `eu-central-1`. */
  account?: string;
  region?: string;
  /** Deep link to the vendor's console; http(s) only. */
  consoleUrl?: string;
}

/** An entity's environment whose fleet is requested. @public */
export interface FleetScope {
  entityRef: string;
  environment: string;
}

/** How a resource was found to belong to an entity, in order of precedence. @public */
export type FleetLocator = 'annotation' | 'relation' | 'tag';

/** One resource that belongs to one entity's environment. @public */
export interface FleetLocation {
  scope: FleetScope;
  resource: FleetResource;
  locator: FleetLocator;
  /** What was matched, e.g. the annotation's key and value. Never another entity's data. */
  detail: string;
  /** The message behind `detail`, for readers of other languages; see {@link wordTexts}. */
  coded?: Record<string, CodedMessage>;
}

/** Classes of problems that explain why something is missing. @public */
export type FleetProblemCode =
  | 'invalid-annotation'
  | 'not-found'
  | 'not-linked'
  | 'account-not-configured'
  | 'access-denied'
  | 'expired-credentials'
  /** The portal's clock differs from that of the source. */
  | 'clock-skew'
  /** The account, region or service is not enabled. */
  | 'not-enabled'
  /**
   * The source has nothing that measures this, such as a cluster without
   * metrics-server. Nothing failed: see {@link isInformation}.
   */
  | 'not-measured'
  | 'throttled'
  | 'timeout'
  | 'unavailable'
  | 'invalid-request'
  | 'invalid-response'
  /** An object of the source says too little, or what cannot be. */
  | 'invalid-object'
  /** An autoscaler is set up, but does not scale. */
  | 'autoscaler-failed'
  /** Several autoscalers change the size of the same group. */
  | 'autoscaler-conflict'
  /** KEDA does not scale. */
  | 'keda-failed'
  /** More data exists than was read; the displayed data is incomplete. */
  | 'truncated';

/** Why a source returned no data or only a part, and how to fix it. @public */
export interface FleetProblem {
  code: FleetProblemCode;
  /**
   * One sentence for the user: what is wrong and where. Contains no secrets and
   * no data of other entities.
   */
  message: string;
  /** What to do next, in one sentence. */
  nextStep?: string;
  /** The missing permission by its vendor name, e.g. `autoscaling:DescribePolicies`. */
  missingPermission?: string;
  /** The scope or resource that it concerns; absent if it affects the whole provider. */
  scope?: FleetScope;
  resourceId?: string;
  /**
   * The account and region that it concerns, if it affects everything that the
   * provider has there and nothing elsewhere.
   */
  account?: string;
  region?: string;
  /**
   * The messages behind texts of CloudTrace's own, by the names of the
   * properties, so that readers get them in their language. See `wordTexts`.
   */
  coded?: Record<string, CodedMessage>;
}

/** Lifecycle of an instance, vendor neutral. @public */
export type FleetInstanceState =
  | 'pending'
  | 'in-service'
  | 'draining'
  | 'standby'
  | 'terminating'
  | 'terminated'
  | 'unknown';

/** Something that handles requests. @public */
export interface FleetInstance {
  /** Equal to the OpenTelemetry `service.instance.id` of its requests. */
  instanceId: string;
  zone?: string;
  state: FleetInstanceState;
  /** The vendor's own word for the state. */
  vendorState?: string;
  instanceType?: string;
  launchedAt?: string;
}

/** Health of a target as its load balancer sees it. @public */
export type TargetState =
  | 'initial'
  | 'healthy'
  | 'unhealthy'
  | 'draining'
  | 'unused'
  | 'unavailable'
  | 'unknown';

/** An instance as the load balancer sees it. @public */
export interface FleetTarget {
  /** Unique within its target group, e.g. `i-0ab:8080`. */
  targetId: string;
  /** The instance behind it, if known. */
  instanceId?: string;
  port?: number;
  zone?: string;
  state: TargetState;
  /** The vendor's own word for the state, if it differs. */
  vendorState?: string;
  /** The vendor's reason code, e.g. `Target.ResponseCodeMismatch`. */
  reasonCode?: string;
  /** The vendor's description of the reason. */
  reason?: string;
  /** When the target entered the state, if the provider knows it better than the collector. */
  since?: string;
}

/** Settings of a target group's health check. @public */
export interface HealthCheckSettings {
  protocol: string;
  path?: string;
  port?: string;
  intervalMs: number;
  timeoutMs: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
  /** Expected response, e.g. HTTP codes `200-299`. */
  matcher?: string;
}

/** Capacity of a group at one time, in instances (or tasks). @public */
export interface FleetCapacity {
  /**
   * Absent if it could not be read, which is not the same as a fixed size;
   * CloudTrace then keeps the stored value.
   */
  min?: number;
  desired: number;
  /**
   * Absent if it could not be read, which is not the same as a fixed size;
   * CloudTrace then keeps the stored value.
   */
  max?: number;
  inService: number;
  pending?: number;
  terminating?: number;
}

/** One threshold or target value of a scaling policy. @public */
export interface ScalingPolicy {
  name: string;
  kind: 'step' | 'simple' | 'target-tracking' | 'predictive' | 'other';
  enabled: boolean;
  /** Name of the metric that drives it, e.g. `CPU utilisation`. */
  metricName?: string;
  /** Id of the series in {@link FleetReport.metrics} that shows the metric. */
  metricSeriesId?: string;
  targetValue?: number;
  unit?: string;
  thresholds?: Array<{
    comparison: '>' | '>=' | '<' | '<=';
    value: number;
    adjustment: number;
  }>;
  cooldownMs?: number;
  alarmNames?: string[];
  /**
   * The messages behind texts of CloudTrace's own, by the names of the
   * properties, so that readers get them in their language. See `wordTexts`.
   */
  coded?: Record<string, CodedMessage>;
}

/** A capacity change that a schedule plans. @public */
export interface ScheduledAction {
  name: string;
  recurrence?: string;
  timeZone?: string;
  nextAt?: string;
  min?: number;
  desired?: number;
  max?: number;
}

/** The cause of a capacity change. @public */
export type ScalingCauseKind =
  | 'policy'
  | 'schedule'
  | 'manual'
  /** An instance failed its checks, or ended unexpectedly. */
  | 'health-replacement'
  /** The provider reclaims the instance, e.g. a Spot instance. */
  | 'interruption'
  /** The provider maintains the machine, e.g. by an announced reboot. */
  | 'maintenance'
  | 'rebalance'
  /** Instances are replaced by ones with a newer definition. */
  | 'instance-refresh'
  /** The instance reached the group's maximum age. */
  | 'lifetime'
  | 'unknown';

/** Progress of a scaling activity. @public */
export type ScalingActivityStatus =
  | 'in-progress'
  | 'successful'
  | 'failed'
  | 'cancelled'
  | 'unknown';

/** One change of capacity. @public */
export interface ScalingActivity {
  /** Unique within the provider and the same in every poll. */
  activityId: string;
  kind:
    | 'launch'
    | 'terminate'
    | 'capacity-change'
    /** Instances are replaced by ones with a newer definition, step by step. */
    | 'rollout'
    /** An instance goes on after its process ended. */
    | 'restart'
    | 'other';
  status: ScalingActivityStatus;
  vendorStatus?: string;
  startedAt: string;
  endedAt?: string;
  causeKind: ScalingCauseKind;
  /** The vendor's words. */
  cause?: string;
  description?: string;
  /** Error text of a failed activity. */
  message?: string;
  policyName?: string;
  alarmName?: string;
  /** Metric value and threshold that triggered it, if the provider knows them. */
  metricValue?: number;
  threshold?: number;
  comparison?: '>' | '>=' | '<' | '<=';
  unit?: string;
  fromCapacity?: number;
  toCapacity?: number;
  instanceIds?: string[];
  /**
   * The message behind `cause`, if the provider knows more than `causeKind`
   * says; absent for the vendor's own words.
   */
  coded?: { cause?: CodedMessage };
}

/** How an activity ended that was in progress. @public */
export interface ActivityEnd {
  activityId: string;
  /**
   * `cancelled` if another one replaced it, unless it was done before:
   * CloudTrace decides this by the stored status.
   */
  status: 'successful' | 'cancelled';
  /** When it ended or was replaced; absent if unknown. */
  endedAt?: string;
}

/** A group of instances that scales as a unit. @public */
export interface FleetGroup {
  name: string;
  capacity: FleetCapacity;
  zones?: string[];
  /**
   * Absent if they could not be read, which is not the same as none; CloudTrace
   * then keeps the stored value.
   */
  policies?: ScalingPolicy[];
  /**
   * Absent if they could not be read, which is not the same as none; CloudTrace
   * then keeps the stored value.
   */
  scheduledActions?: ScheduledAction[];
  /**
   * Names of suspended scaling processes, e.g. `ReplaceUnhealthy`. Absent if
   * they could not be read; CloudTrace then keeps the stored value.
   */
  suspendedProcesses?: string[];
  /** Grace period or warm-up during which health does not count. */
  healthCheckGraceMs?: number;
}

/** State of an alarm. @public */
export type AlarmState = 'ok' | 'alarm' | 'insufficient-data' | 'unknown';

/** A metric alarm. @public */
export interface FleetAlarm {
  name: string;
  state: AlarmState;
  since?: string;
  reason?: string;
  metricName?: string;
  comparison?: string;
  threshold?: number;
  unit?: string;
  consoleUrl?: string;
  /**
   * The messages behind texts of CloudTrace's own, by the names of the
   * properties, so that readers get them in their language. See `wordTexts`.
   */
  coded?: Record<string, CodedMessage>;
}

/** One change of an alarm's state. @public */
export interface AlarmTransition {
  alarmName: string;
  at: string;
  from: AlarmState;
  to: AlarmState;
  reason?: string;
  /**
   * The messages behind texts of CloudTrace's own, by the names of the
   * properties, so that readers get them in their language. See `wordTexts`.
   */
  coded?: Record<string, CodedMessage>;
}

/** An event of a database. @public */
export interface DatabaseEvent {
  /** Unique within the resource and the same in every poll. */
  eventId: string;
  at: string;
  kind:
    | 'failover-started'
    | 'failover-completed'
    /** It was abandoned or failed; the database stays where it was. */
    | 'failover-abandoned'
    /** Why a failover happens or happened; says nothing about its phase. */
    | 'failover-reason'
    /** It responds again after a restart. */
    | 'restart'
    /** It does not respond from now on. */
    | 'unavailable'
    /** It responds again. */
    | 'available'
    | 'maintenance'
    /** Its availability changed in an unknown way; prefer `unavailable` and `available`. */
    | 'availability'
    | 'configuration'
    | 'backup'
    | 'other';
  message: string;
  /** The message behind `message`, unless it is the provider's own words. */
  coded?: Record<string, CodedMessage>;
  planned?: boolean;
  fromZone?: string;
  toZone?: string;
}

/** Points of one metric. `values[i]` belongs to `times[i]`; `null` means no data. @public */
export interface FleetMetricSeries {
  /** Stable id within the resource, e.g. `cpu-utilization`. */
  seriesId: string;
  label: string;
  /** UCUM or plain unit, e.g. `%`, `1/s`, `ms`, `1`. */
  unit: string;
  statistic: string;
  periodMs: number;
  times: string[];
  values: Array<number | null>;
  /**
   * The messages behind texts of CloudTrace's own, by the names of the
   * properties, so that readers get them in their language. See `wordTexts`.
   */
  coded?: Record<string, CodedMessage>;
}

/** A metric without a value now, and why. @public */
export interface FleetMissingMetric {
  /** As in {@link FleetMetricSeries}. */
  seriesId: string;
  label: string;
  /** One sentence without the full stop. */
  reason: string;
  /** The messages behind the texts, see `wordTexts`. */
  coded?: Record<string, CodedMessage>;
}

/**
 * Parts of a resource that are read separately, so that one can fail while the
 * others are read. Each has its own age and its own gaps.
 *
 * @public
 */
export type FleetPart =
  | 'targets'
  | 'health-check'
  | 'capacity'
  | 'limits'
  | 'instances'
  | 'policies'
  | 'schedules'
  | 'activities'
  | 'alarms'
  | 'database-events'
  | 'metrics';

/**
 * What a provider observed of one resource in one cycle. Absent lists mean "not
 * requested or no response" and keep the stored data; empty lists mean "none".
 *
 * @public
 */
export interface FleetReport {
  resource: FleetResource;
  observedAt: string;
  /**
   * When a part was read, if not at `observedAt`: a provider that repeats
   * cached data gives the time of the read here. A part that is named here and
   * has no data was confirmed to be unchanged since its last report.
   */
  readAt?: Partial<Record<FleetPart, string>>;
  /**
   * Parts of which the report contains only some data, e.g. the activities of
   * one of two sources. The data is stored, but the part does not count as
   * read: what is missing is unknown, not none.
   */
  incomplete?: FleetPart[];
  group?: FleetGroup;
  instances?: FleetInstance[];
  targets?: FleetTarget[];
  /** `null` means that nothing checks the targets; absent keeps the stored settings. */
  healthCheck?: HealthCheckSettings | null;
  activities?: ScalingActivity[];
  /**
   * Ends of activities that an earlier report may have contained and this one
   * does not describe. They never add an activity, and change none that was
   * successful.
   */
  activityEnds?: ActivityEnd[];
  alarms?: FleetAlarm[];
  alarmTransitions?: AlarmTransition[];
  databaseEvents?: DatabaseEvent[];
  metrics?: FleetMetricSeries[];
  /** Metrics without a value now whose reason is known. */
  missingMetrics?: FleetMissingMetric[];
  /** Parts that failed; the others are valid. */
  problems: FleetProblem[];
}
