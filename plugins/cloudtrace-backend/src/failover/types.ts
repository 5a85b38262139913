import type {
  CodedMessage,
  FailoverStep,
  FailoverSummary,
  HealthCheckSettings,
  MissingData,
  PlainReason,
  ScalingActivity,
} from '@cloudtrace/plugin-cloudtrace-common';

/** A state that a target entered, as stored. */
export interface TargetEvent {
  resourceId: string;
  targetId: string;
  instanceId?: string;
  zone?: string;
  at: Date;
  /** A target state, or `gone`. */
  state: string;
  reasonCode?: string;
  reason?: string;
}

/** A database event, as stored. */
export interface DatabaseOccurrence {
  resourceId: string;
  resourceName: string;
  eventId: string;
  at: Date;
  kind: string;
  message: string;
  /** The message behind `message`; absent for a provider's own words. */
  coded?: Record<string, CodedMessage>;
  planned?: boolean;
  fromZone?: string;
  toZone?: string;
}

/** Requests of one instance in one step. */
export interface RequestSample {
  t: Date;
  instanceId: string;
  zone?: string;
  requests: number;
  errors: number;
}

/** A deploy, as a pipeline reported it. */
export interface Deploy {
  at: Date;
  endedAt?: Date;
  /** Absent if unknown; the deploy then counts as successful. */
  status?: 'started' | 'succeeded' | 'failed' | 'rolled-back';
  version?: string;
}

/** The input of failover detection. The order of the lists does not matter. */
export interface DetectionInput {
  targets: readonly TargetEvent[];
  activities: readonly ScalingActivity[];
  databaseEvents: readonly DatabaseOccurrence[];
  /** Absent if no request data exists. */
  requests?: { stepMs: number; samples: readonly RequestSample[] };
  /** Desired capacity over time, summed over the groups; empty if unknown. */
  desired: ReadonlyArray<{ at: Date; value: number }>;
  /**
   * By resource, for those whose targets are their own instances, as the pods of
   * a workload are: nothing that happens to other groups explains their targets.
   */
  own?: ReadonlyMap<string, Pick<DetectionInput, 'activities' | 'desired'>>;
  /** Health check settings by target group; absent where unknown. */
  healthChecks?: ReadonlyMap<
    string,
    Pick<HealthCheckSettings, 'intervalMs' | 'unhealthyThreshold'>
  >;
  /** Periods without any reading. */
  gaps: ReadonlyArray<{ from: Date; to: Date }>;
  /** Deploys with their end, to tell planned from unplanned. */
  deploys: readonly Deploy[];
  /** The lists are complete up to this time. */
  until: Date;
}

/** A detected failover. Times are in milliseconds since 1970. */
export interface Episode {
  subject: FailoverSummary['subject'];
  cause: PlainReason;
  planned: FailoverSummary['planned'];
  /** Time of the earliest evidence; the detection itself if there was no earlier evidence. */
  startedAt: number;
  detectedAt: number;
  shiftedAt?: number;
  recoveredAt?: number;
  flaps: number;
  impact: FailoverSummary['impact'];
  missingData: MissingData[];
  steps: FailoverStep[];
  /** The failures it consists of, which identify it when it grows. */
  failures: Array<{ key: string; from: number; to?: number }>;
}
