import type { MetricDefinition } from './MetricDefinition';

/** One AWS account that CloudTrace reads. */
export interface AwsAccountConfig {
  accountId: string;
  regions: string[];
  /** Role to assume; absent if `aws.accounts` of the integration says how. */
  roleArn?: string;
  externalId?: string;
}

/** Bounds of what the module asks of AWS, with all defaults filled in. */
export interface AwsLimits {
  /** Calls at the same time to one service in one account and region. */
  concurrency: number;
  cycleTimeoutMs: number;
  connectionTimeoutMs: number;
  requestTimeoutMs: number;
  /** Tries of one call, the first included. */
  maxAttempts: number;
  /** Pages of one list; more are not read, which is then said. */
  maxPages: number;
  maxResponseBytes: number;
  /** Target groups asked for in a cycle in which nothing hints at a change. */
  targetHealthCalls: number;
  /** How often settings are read: policies, schedules, health checks, tasks. */
  settingsIntervalMs: number;
}

/** Everything under `cloudtrace.aws`, read once. */
export interface AwsConfig {
  accounts: AwsAccountConfig[];
  partition: string;
  requireResourceTag: boolean;
  endpoint?: string;
  eventsTopic: string;
  alarmNamePrefixes: string[];
  limits: AwsLimits;
  /** Which security findings are pulled, and how often. */
  findings: {
    securityHub: boolean;
    inspector: boolean;
    intervalMs: number;
  };
  metrics: {
    intervalMs: number;
    lookbackMs: number;
    custom: MetricDefinition[];
  };
}
