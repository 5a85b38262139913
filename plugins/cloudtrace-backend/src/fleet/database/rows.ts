import type {
  CodedMessage,
  FleetAlarm,
  FleetGroup,
  FleetMetricSeries,
  FleetMissingMetric,
  FleetPart,
  HealthCheckSettings,
} from '@cloudtrace/plugin-cloudtrace-common';

/** Description of a metric series, without its points. */
export type MetricSeriesDescription = Omit<
  FleetMetricSeries,
  'times' | 'values'
>;

/** Last known state of a resource, for data without history. */
export interface ResourceSnapshot {
  group?: FleetGroup;
  healthCheck?: HealthCheckSettings;
  alarms?: FleetAlarm[];
  /** By series id. */
  metricSeries?: Record<string, MetricSeriesDescription>;
  /** Metrics without a value when they were last read. */
  missingMetrics?: FleetMissingMetric[];
  /** Whether the resource can have targets, even if it has none at the moment. */
  hasTargets?: boolean;
  /**
   * Whether all scaling activities were ever read, even if there were none.
   * Absent if an earlier version stored the state.
   */
  hasActivities?: boolean;
  /** Last successful read of each part. Absent if an earlier version stored the state. */
  readAt?: Partial<Record<FleetPart, string>>;
  /**
   * Differs for each stored report; one that says the same as this one keeps
   * it. Absent if an earlier version stored the state.
   */
  revision?: string;
}

/** A row of `fleet_resources`. */
export interface DbFleetResourceRow {
  resource_id: number;
  provider: string;
  external_id: string;
  type: string;
  name: string;
  account: string | null;
  region: string | null;
  console_url: string | null;
  first_seen_at: Date;
  observed_at: Date | null;
  attempted_at: Date | null;
  last_success_at: Date | null;
  snapshot: ResourceSnapshot;
}

/** A row of `fleet_links` with the resource it leads to. */
export interface DbLinkedResourceRow extends DbFleetResourceRow {
  locator: 'annotation' | 'relation' | 'tag';
  detail: string;
  coded: Record<string, CodedMessage> | null;
}

/** A row of `fleet_problems`. */
export interface DbFleetProblemRow {
  provider: string;
  stage: 'locate' | 'collect';
  entity_ref: string | null;
  environment: string | null;
  resource_id: number | null;
  /** Of a problem of a whole account or cluster. */
  account: string | null;
  code: string;
  message: string;
  next_step: string | null;
  missing_permission: string | null;
  /** The messages behind the texts; null for a provider's own words. */
  coded: Record<string, CodedMessage> | null;
  at: Date;
}

/** A row of `fleet_target_states`. */
export interface DbTargetStateRow {
  resource_id: number;
  target_key: string;
  at: Date;
  /** When the next state was entered; null for the current state. */
  until: Date | null;
  /** A target state, or `gone`. */
  state: string;
  from_state: string | null;
  vendor_state: string | null;
  reason_code: string | null;
  reason: string | null;
  instance_key: string | null;
  port: number | null;
  zone: string | null;
}

/** A row of `fleet_instances`. */
export interface DbFleetInstanceRow {
  resource_id: number;
  instance_key: string;
  zone: string | null;
  state: string;
  vendor_state: string | null;
  instance_type: string | null;
  launched_at: Date | null;
  first_seen_at: Date;
  last_seen_at: Date;
  ended_at: Date | null;
}

/** A row of `fleet_capacity`. */
export interface DbCapacityRow {
  resource_id: number;
  at: Date;
  /** Null if unknown; the same for `max`. */
  min: number | null;
  desired: number;
  max: number | null;
  in_service: number;
  pending: number | null;
  terminating: number | null;
}

/** A row of `fleet_alarm_transitions`. */
export interface DbAlarmTransitionRow {
  resource_id: number;
  alarm_name: string;
  at: Date;
  from_state: string;
  to_state: string;
  reason: string | null;
  coded: Record<string, CodedMessage> | null;
}

/** A row of `fleet_database_events`. */
export interface DbDatabaseEventRow {
  resource_id: number;
  event_key: string;
  at: Date;
  kind: string;
  message: string;
  coded: Record<string, CodedMessage> | null;
  planned: boolean | null;
  from_zone: string | null;
  to_zone: string | null;
}
