import type { RollupResolution } from './database/readRollupRows';

/** Length of the buckets of each resolution. */
export const RESOLUTION_MS: Record<RollupResolution, number> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/**
 * Selects the resolution for buckets of a length: the coarsest that fits into
 * them, but not finer than what is still kept at the start of the range.
 */
export function resolutionFor(options: {
  stepMs: number;
  from: Date;
  now: Date;
  minuteRetentionMs: number;
  hourRetentionMs: number;
}): RollupResolution {
  const { stepMs } = options;
  const ageMs = options.now.getTime() - options.from.getTime();
  if (ageMs > options.hourRetentionMs || fits(stepMs, 'day')) {
    return 'day';
  }
  return ageMs > options.minuteRetentionMs || fits(stepMs, 'hour')
    ? 'hour'
    : 'minute';
}

function fits(stepMs: number, resolution: RollupResolution): boolean {
  return stepMs % RESOLUTION_MS[resolution] === 0;
}
