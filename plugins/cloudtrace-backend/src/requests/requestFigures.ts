import {
  activeTime,
  errorRateOf,
  requestRate,
  type LoadTotals,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Tally } from './Tally';
import type { RollupResult } from './types';

/** When the first request of each group ever arrived. */
export type FirstSeen = ReadonlyMap<string, Date>;

/** Computes the figures of all requests in a period. */
export function totalsOf(total: Tally, durationMs: number): LoadTotals {
  return {
    requests: total.requests,
    errors: total.errors,
    errorRate: errorRateOf(total),
    requestsPerSecond: requestRate(total.requests, durationMs),
    latencyMs: total.latencyMs(),
  };
}

/**
 * Start of the first request ever, to the step if the exact time is unknown;
 * `undefined` without requests.
 */
export function firstRequestMs(
  { rows, stepMs }: Pick<RollupResult, 'rows' | 'stepMs'>,
  firstSeen: FirstSeen,
): number | undefined {
  let first = Infinity;
  for (const at of firstSeen.values()) first = Math.min(first, at.getTime());
  for (const { key, bucket } of rows) {
    const seen = (firstSeen.get(key) ?? bucket).getTime();
    // A first time later than its step is not the first request.
    const at =
      seen < bucket.getTime() + stepMs
        ? Math.max(seen, bucket.getTime())
        : bucket.getTime();
    first = Math.min(first, at);
  }
  return Number.isFinite(first) ? first : undefined;
}

/** The part of a range in which requests could arrive. */
export function activeTimeOf(
  current: RollupResult,
  firstSeen: FirstSeen,
  now: Date,
) {
  return activeTime({
    fromMs: current.from.getTime(),
    toMs: current.to.getTime(),
    nowMs: now.getTime(),
    firstRequestMs: firstRequestMs(current, firstSeen),
  });
}
