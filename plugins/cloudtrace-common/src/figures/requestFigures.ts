import type { DurationHistogram } from '../histogram';

/** Shares of failed requests at which a service needs attention. @public */
export const ERROR_RATE_LIMITS = { warning: 0.01, critical: 0.05 } as const;

/** The fewest requests for a meaningful error rate. @public */
export const MIN_REQUESTS_FOR_ERROR_RATE = 20;

/**
 * The part of a range in which requests could arrive: from the start of the
 * range or, if later, the first request ever, to the end of the range or now.
 *
 * @param firstRequestMs - Start of the first request ever; `undefined` if there
 * was none
 * @public
 */
export function activeTime(options: {
  fromMs: number;
  toMs: number;
  nowMs: number;
  firstRequestMs: number | undefined;
}): { fromMs: number; toMs: number; durationMs: number } {
  const { fromMs, firstRequestMs = Infinity } = options;
  const toMs = Math.min(options.toMs, Math.max(options.nowMs, fromMs));
  const beginMs = Math.min(Math.max(fromMs, firstRequestMs), toMs);
  return { fromMs: beginMs, toMs, durationMs: toMs - beginMs };
}

/** Requests per second over a time; see {@link activeTime}. 0 without any time. @public */
export function requestRate(requests: number, durationMs: number): number {
  return durationMs > 0 ? requests / (durationMs / 1000) : 0;
}

/** Failed requests ÷ requests; `undefined` without requests. @public */
export function errorRateOf(counts: {
  requests: number;
  errors: number;
}): number | undefined {
  return counts.requests > 0 ? counts.errors / counts.requests : undefined;
}

/** Requests of a group ÷ requests of all groups; 0 without requests. @public */
export function shareOf(requests: number, allRequests: number): number {
  return allRequests > 0 ? requests / allRequests : 0;
}

/**
 * A percentile of durations in milliseconds, by nearest rank, such as p95 with
 * the share 0.95; `undefined` without requests.
 *
 * @param longestUs - The longest of the durations: no percentile exceeds it
 * @public
 */
export function percentileMs(
  durations: DurationHistogram,
  share: number,
  longestUs: number = Infinity,
): number | undefined {
  const us = durations.percentileUs(share);
  // The middle of a slot may exceed the longest duration in it.
  return us === undefined ? undefined : Math.min(us, longestUs) / 1000;
}
