import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readDurationMs } from '../config/readDurationMs';

/** Settings of the fleet collector. */
export interface FleetConfig {
  /** Time from the start of one collection cycle to the next. */
  frequencyMs: number;
  /** A cycle that takes longer is aborted. */
  timeoutMs: number;
  /** If a resource is not read for this long, its history has a gap. */
  gapMs: number;
  retention: {
    /** Metric points. */
    metricsMs: number;
    /** All other history. */
    historyMs: number;
  };
}

/** Reads `cloudtrace.fleet`, with defaults. */
export function readFleetConfig(config: Config): FleetConfig {
  const fleet = config.getOptionalConfig('cloudtrace.fleet');
  const frequencyMs = readDurationMs(fleet, 'frequency', { seconds: 60 });
  if (frequencyMs < 5_000) {
    throw new InputError(
      'cloudtrace.fleet.frequency must be at least 5 seconds',
    );
  }
  const timeoutMs = readDurationMs(fleet, 'timeout', { seconds: 60 });
  return {
    frequencyMs,
    timeoutMs,
    gapMs: Math.max(5 * 60_000, 3 * frequencyMs),
    retention: {
      metricsMs: readDurationMs(fleet, 'retention.metrics', { days: 30 }),
      historyMs: readDurationMs(fleet, 'retention.history', { days: 731 }),
    },
  };
}
