import type { MetricDefinition } from './MetricDefinition';

/** One AWS account that CloudTrace reads. */
export interface AwsAccountConfig {
  accountId: string;
  regions: string[];
  /** Role to assume; absent if the integration's `aws.accounts` defines it. */
  roleArn?: string;
  externalId?: string;
}

/** Limits of the module's calls to AWS, with all defaults filled in. */
export interface AwsLimits {
  /** Concurrent calls to one service in one account and region. */
  concurrency: number;
  cycleTimeoutMs: number;
  connectionTimeoutMs: number;
  requestTimeoutMs: number;
  /** Attempts per call, including the first. */
  maxAttempts: number;
  /** Pages to read per list; a longer list is reported as truncated. */
  maxPages: number;
  maxResponseBytes: number;
  /** Target groups polled in a cycle in which nothing indicates a change. */
  targetHealthCalls: number;
  /** How often to read settings: policies, schedules, health checks, tasks. */
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
  /** Which security findings to pull, and how often. */
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
