import type { Config } from '@backstage/config';
import { readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { readCustomMetrics } from './readCustomMetrics';
import type { AwsAccountConfig, AwsConfig, AwsLimits } from './types';

const ACCOUNT_ID = /^\d{12}$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const ROLE_ARN = /^arn:[a-z-]+:iam::(\d{12}):role\/[\w+=,.@/-]{1,512}$/;

/** Reads `cloudtrace.aws`; `undefined` if it is absent. Throws `InputError` naming a bad key. */
export function readAwsConfig(root: Config): AwsConfig | undefined {
  const config = root.getOptionalConfig('cloudtrace.aws');
  if (!config) return undefined;
  const duration = durationReader(config);
  const accounts = config.getConfigArray('accounts').map(readAccount);
  const duplicate = accounts.find(
    (a, i) => accounts.findIndex(b => b.accountId === a.accountId) !== i,
  );
  if (duplicate) {
    throw new InputError(
      `cloudtrace.aws.accounts lists ${duplicate.accountId} twice; put its regions into one entry`,
    );
  }
  return {
    accounts,
    partition: config.getOptionalString('partition') ?? 'aws',
    requireResourceTag: config.getOptionalBoolean('requireResourceTag') ?? true,
    endpoint: readEndpoint(config),
    eventsTopic: config.getOptionalString('events.topic') ?? 'cloudtrace-aws',
    alarmNamePrefixes:
      config.getOptionalStringArray('alarms.namePrefixes') ?? [],
    limits: readLimits(config, duration),
    findings: {
      securityHub: config.getOptionalBoolean('findings.securityHub') ?? false,
      inspector: config.getOptionalBoolean('findings.inspector') ?? false,
      intervalMs: duration('findings.interval', 3_600_000),
    },
    metrics: {
      intervalMs: duration('metrics.interval', 300_000),
      lookbackMs: duration('metrics.lookback', 3 * 3_600_000),
      custom: readCustomMetrics(config),
    },
  };
}

function readAccount(config: Config): AwsAccountConfig {
  const accountId = config.getString('accountId');
  if (!ACCOUNT_ID.test(accountId)) {
    throw new InputError(
      `cloudtrace.aws.accounts[].accountId must be 12 digits in quotes, got '${accountId}'`,
    );
  }
  const regions = config.getStringArray('regions');
  const badRegion = regions.find(region => !REGION.test(region));
  if (badRegion !== undefined || regions.length === 0) {
    throw new InputError(
      `cloudtrace.aws.accounts[].regions of ${accountId} must name regions such as 'eu-central-1', got '${
        badRegion ?? ''
      }'`,
    );
  }
  const roleArn = config.getOptionalString('roleArn');
  if (roleArn && ROLE_ARN.exec(roleArn)?.[1] !== accountId) {
    throw new InputError(
      `cloudtrace.aws.accounts[].roleArn of ${accountId} must be the ARN of an IAM role in that account`,
    );
  }
  const externalId = config.getOptionalString('externalId');
  if (externalId && !roleArn) {
    throw new InputError(
      `cloudtrace.aws.accounts[].externalId of ${accountId} has no effect without roleArn`,
    );
  }
  return { accountId, regions: [...new Set(regions)], roleArn, externalId };
}

function readEndpoint(config: Config): string | undefined {
  const endpoint = config.getOptionalString('endpoint');
  if (endpoint && !/^https?:$/.test(protocolOf(endpoint))) {
    throw new InputError('cloudtrace.aws.endpoint must be an http(s) URL');
  }
  return endpoint;
}

function protocolOf(url: string): string {
  try {
    return new URL(url).protocol;
  } catch {
    return '';
  }
}

type DurationReader = (key: string, defaultMs: number) => number;

function durationReader(config: Config): DurationReader {
  return (key, defaultMs) =>
    config.has(key)
      ? durationToMilliseconds(readDurationFromConfig(config, { key }))
      : defaultMs;
}

function readLimits(config: Config, duration: DurationReader): AwsLimits {
  const count = (key: string, fallback: number) => {
    const value = config.getOptionalNumber(`limits.${key}`) ?? fallback;
    if (!Number.isInteger(value) || value < 1) {
      throw new InputError(
        `cloudtrace.aws.limits.${key} must be a whole number of at least 1`,
      );
    }
    return value;
  };
  return {
    concurrency: count('concurrency', 5),
    cycleTimeoutMs: duration('limits.cycleTimeout', 50_000),
    connectionTimeoutMs: duration('limits.connectionTimeout', 3_000),
    requestTimeoutMs: duration('limits.requestTimeout', 10_000),
    maxAttempts: count('maxAttempts', 3),
    maxPages: count('maxPages', 20),
    maxResponseBytes: count('maxResponseBytes', 16 * 1024 * 1024),
    targetHealthCalls: count('targetHealthCalls', 12),
    settingsIntervalMs: duration('limits.settingsInterval', 300_000),
  };
}
