import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';

/** Settings of the fleet collector. */
export interface FleetConfig {
  /** Time from one cycle to the next. */
  frequencyMs: number;
  /** A cycle that takes longer is stopped. */
  timeoutMs: number;
  /** Without a look at a resource for this long, its history has a gap. */
  gapMs: number;
  retention: {
    /** Points of metrics. */
    metricsMs: number;
    /** Everything else that happened. */
    historyMs: number;
  };
  notifications: {
    enabled: boolean;
    /** Most notifications of one entity in an hour. */
    maxPerHour: number;
  };
}

/** Reads `cloudtrace.fleet` and `cloudtrace.notifications`. */
export function readFleetConfig(config: Config): FleetConfig {
  const fleet = config.getOptionalConfig('cloudtrace.fleet');
  const notifications = config.getOptionalConfig('cloudtrace.notifications');
  const frequencyMs = readMs(fleet, 'frequency', { seconds: 60 });
  if (frequencyMs < 5_000) {
    throw new InputError(
      'cloudtrace.fleet.frequency must be at least 5 seconds',
    );
  }
  const timeoutMs = readMs(fleet, 'timeout', { seconds: 60 });
  const maxPerHour = notifications?.getOptionalNumber('maxPerHour') ?? 6;
  if (!Number.isInteger(maxPerHour) || maxPerHour < 0) {
    throw new InputError(
      'cloudtrace.notifications.maxPerHour must be a whole number, at least 0',
    );
  }
  return {
    frequencyMs,
    timeoutMs,
    gapMs: Math.max(5 * 60_000, 3 * frequencyMs),
    retention: {
      metricsMs: readMs(fleet, 'retention.metrics', { days: 30 }),
      historyMs: readMs(fleet, 'retention.history', { days: 731 }),
    },
    notifications: {
      enabled: notifications?.getOptionalBoolean('enabled') ?? true,
      maxPerHour,
    },
  };
}

function readMs(
  config: Config | undefined,
  key: string,
  fallback: HumanDuration,
): number {
  return durationToMilliseconds(
    config?.has(key) ? readDurationFromConfig(config, { key }) : fallback,
  );
}
