import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readDurationMs } from '../config/readDurationMs';

/** How long to keep data; `cloudtrace.retention` in the configuration. */
export interface RetentionConfig {
  rawMs: number;
  minuteMs: number;
  hourMs: number;
  dayMs: number;
}

/** Reads `cloudtrace.retention`, with defaults. */
export function readRetentionConfig(root: Config): RetentionConfig {
  const config = root.getOptionalConfig('cloudtrace.retention');
  const retention = {
    rawMs: readDurationMs(config, 'requests', { days: 7 }),
    minuteMs: readDurationMs(config, 'minutes', { days: 30 }),
    hourMs: readDurationMs(config, 'hours', { days: 396 }),
    dayMs: readDurationMs(config, 'days', { days: 1827 }),
  };
  if (
    retention.rawMs < 3_600_000 ||
    retention.minuteMs < retention.rawMs ||
    retention.hourMs < retention.minuteMs ||
    retention.dayMs < retention.hourMs
  ) {
    throw new InputError(
      'cloudtrace.retention must be at least an hour for requests, and requests, minutes, hours and days must each be at least as long as the previous one',
    );
  }
  return retention;
}
