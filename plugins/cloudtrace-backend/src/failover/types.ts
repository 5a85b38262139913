import type {
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
  /** Absent if not known; then it is taken to have succeeded. */
  status?: 'started' | 'succeeded' | 'failed' | 'rolled-back';
  version?: string;
}

/** Everything that failovers are found in. The order of the lists does not matter. */
export interface DetectionInput {
  targets: readonly TargetEvent[];
  activities: readonly ScalingActivity[];
  databaseEvents: readonly DatabaseOccurrence[];
  /** Absent if nothing is known of requests at all. */
  requests?: { stepMs: number; samples: readonly RequestSample[] };
  /** Desired capacity over time, summed over the groups; empty if not known. */
  desired: ReadonlyArray<{ at: Date; value: number }>;
  /** Health checks by target group; absent where their settings are not known. */
  healthChecks?: ReadonlyMap<
    string,
    Pick<HealthCheckSettings, 'intervalMs' | 'unhealthyThreshold'>
  >;
  /** Times in which nobody looked. */
  gaps: ReadonlyArray<{ from: Date; to: Date }>;
  /** Deploys with their end, for telling planned from unplanned. */
  deploys: readonly Deploy[];
  /** Until when the lists are complete. */
  until: Date;
}

/** A failover that was found. Times are in milliseconds since 1970. */
export interface Episode {
  subject: FailoverSummary['subject'];
  cause: PlainReason;
  planned: FailoverSummary['planned'];
  /** The earliest evidence; the detection itself if nothing told of it before. */
  startedAt: number;
  detectedAt: number;
  shiftedAt?: number;
  recoveredAt?: number;
  flaps: number;
  impact: FailoverSummary['impact'];
  missingData: MissingData[];
  steps: FailoverStep[];
  /** What it consists of, by which it is known again when it grew. */
  failures: Array<{ key: string; from: number; to?: number }>;
}
