import type {
  AlarmTransition,
  DatabaseEvent,
  FleetAlarm,
  FleetGroup,
  FleetInstance,
  FleetMetricSeries,
  FleetTarget,
  HealthCheckSettings,
  ScalingActivity,
} from '@cloudtrace/plugin-cloudtrace-common';

/*
 * The messages of the launcher's control API. The launcher already reports in
 * terms of the fleet model, so the provider only has to add resources. All
 * times are ISO 8601 in UTC.
 */

/** Lifecycle status of a service on the local fleet. */
export type LocalServiceStatus =
  | 'preparing'
  | 'waiting-for-portal'
  | 'starting'
  | 'running'
  | 'stopping'
  | 'stopped'
  | 'failed';

/** What a service is and where its code is. */
export interface LocalServiceDefinition {
  /** Unique on the fleet: lower-case letters, digits and dashes. */
  name: string;
  /** Full reference of the catalog entity, e.g. `component:default/orders`. */
  entityRef: string;
  environment: string;
  /** Absolute folder with the service's `package.json`, or a git repository that contains it. */
  directory: string;
  minInstances: number;
  maxInstances: number;
  /** Requests per second that the load generator aims for, before its slow waves. */
  requestsPerSecond: number;
  /** Visitors of a storefront at the peak of their wave; 14 by default. */
  visitors?: number;
}

/** What the load on a service counts. */
export type LoadUnit = 'requests-per-second' | 'visitors';

/** The load that a service gets. */
export interface LoadTarget {
  amount: number;
  unit: LoadUnit;
}

/** Metrics of the load balancer over the last ten seconds. */
export interface LoadFigures {
  requestsPerSecond: number;
  errorsPerSecond: number;
  /** Requests in flight. */
  outstanding: number;
  /** Simulated visitors right now, for a storefront. */
  visitors?: number;
}

/** The current state of one service. */
export interface LocalServiceState {
  definition: LocalServiceDefinition;
  status: LocalServiceStatus;
  /** Why it has this status, in words. */
  statusMessage?: string;
  /** Address of the load balancer. */
  url?: string;
  group: FleetGroup;
  instances: Array<
    FleetInstance & { port?: number; pid?: number; cpuPercent?: number }
  >;
  targets: FleetTarget[];
  healthCheck: HealthCheckSettings;
  alarms: FleetAlarm[];
  load: LoadFigures;
  /** Absent until the service runs. */
  loadTarget?: LoadTarget;
}

/** One of the two database servers. */
export interface LocalDatabaseServer {
  name: string;
  zone: string;
  role: 'primary' | 'standby';
  state: 'starting' | 'running' | 'stopped' | 'rebuilding' | 'failed';
  port: number;
  pid?: number;
}

/** The fleet's PostgreSQL pair. */
export interface LocalDatabaseState {
  /** Port of the endpoint that always leads to the primary. */
  endpointPort: number;
  servers: LocalDatabaseServer[];
}

/** State of one zone. */
export interface LocalZoneState {
  name: string;
  running: boolean;
}

/** Response of `GET /v1/state`. */
export interface FleetState {
  startedAt: string;
  observedAt: string;
  launcherPid: number;
  portalUrl: string;
  /** Position in the stream of changes up to which this response is valid. */
  cursor: number;
  zones: LocalZoneState[];
  services: LocalServiceState[];
  database: LocalDatabaseState;
}

/** The history of one service. */
export interface ServiceHistory {
  activities: ScalingActivity[];
  alarmTransitions: AlarmTransition[];
  metrics: FleetMetricSeries[];
}

/** Response of `GET /v1/history?since=`. */
export interface FleetHistory {
  /** By service name. */
  services: Record<string, ServiceHistory>;
  database: { events: DatabaseEvent[]; metrics: FleetMetricSeries[] };
}

/** Response of `GET /v1/changes?after=`: what changed after a position. */
export interface FleetChanges {
  cursor: number;
  services: string[];
  database: boolean;
}

/** Body of `POST /v1/services`. */
export interface StartServiceRequest {
  name: string;
  entityRef: string;
  environment: string;
  directory: string;
  /**
   * Ingest token of the entity's environment; if it is missing, the launcher
   * requests one from the portal.
   */
  ingestToken?: string;
}

/** Body of every response that is not 2xx. */
export interface FleetErrorBody {
  error: { name: string; message: string };
}
