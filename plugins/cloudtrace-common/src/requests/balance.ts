/** Requests of one group in each step of a range. @public */
export interface LoadSample {
  key: string;
  /** Requests per step, the same steps for every group; 0 where there were none. */
  requestsPerStep: readonly number[];
}

/** How much of the load a group carried, against its fair part. @public */
export interface RelativeLoad {
  key: string;
  requests: number;
  /** Requests that it would have carried had they been spread evenly; see {@link relativeLoads}. */
  fairRequests: number;
  /** `requests / fairRequests`: 1 is fair, 2 is twice the fair part. */
  ratio: number;
}

/**
 * Compares the load of each group with its fair part.
 *
 * @remarks
 * In each step the requests are split evenly among the groups that took part
 * in it; a group takes part from its first to its last step with requests. So
 * an instance that was started an hour ago is not "cold" in a view of a day.
 * If all groups take part all the time, the fair part is total / groups.
 *
 * @public
 */
export function relativeLoads(samples: readonly LoadSample[]): RelativeLoad[] {
  const spans = samples.map(({ requestsPerStep }) => ({
    first: requestsPerStep.findIndex(n => n > 0),
    last:
      requestsPerStep.length -
      1 -
      [...requestsPerStep].reverse().findIndex(n => n > 0),
  }));
  const active = samples
    .map((sample, i) => ({ sample, ...spans[i] }))
    .filter(({ first }) => first >= 0);
  const steps = Math.max(0, ...samples.map(s => s.requestsPerStep.length));
  const fair = new Map<string, number>();
  for (let step = 0; step < steps; step += 1) {
    const present = active.filter(
      ({ first, last }) => first <= step && step <= last,
    );
    if (present.length === 0) continue;
    const total = present.reduce(
      (sum, { sample }) => sum + (sample.requestsPerStep[step] ?? 0),
      0,
    );
    for (const { sample } of present) {
      fair.set(
        sample.key,
        (fair.get(sample.key) ?? 0) + total / present.length,
      );
    }
  }
  return active.map(({ sample }) => {
    const requests = sample.requestsPerStep.reduce((a, b) => a + b, 0);
    const fairRequests = fair.get(sample.key)!;
    return {
      key: sample.key,
      requests,
      fairRequests,
      ratio: requests / fairRequests,
    };
  });
}

/**
 * Jain's fairness index of non-negative loads: 1 if all are equal, 1 / n if
 * one carries everything. `undefined` without any load.
 *
 * @public
 */
export function jainIndex(loads: readonly number[]): number | undefined {
  const sum = loads.reduce((a, b) => a + b, 0);
  const squares = loads.reduce((a, b) => a + b * b, 0);
  return squares > 0 ? (sum * sum) / (loads.length * squares) : undefined;
}

/** The largest load divided by the mean. `undefined` without any load. @public */
export function maxToMean(loads: readonly number[]): number | undefined {
  const sum = loads.reduce((a, b) => a + b, 0);
  return sum > 0 ? (Math.max(...loads) * loads.length) / sum : undefined;
}

/** Fewest requests from which evenness can be judged. @public */
export const MIN_REQUESTS_FOR_BALANCE = 100;

/** How even the load is, in one word. @public */
export type BalanceVerdict =
  | 'even'
  | 'slightly-uneven'
  | 'uneven'
  | 'not-comparable';

/**
 * Judges how even the load is. The busiest group decides beside the index,
 * because one hot instance among many hardly moves the index.
 *
 * @public
 */
export function judgeBalance(loads: readonly RelativeLoad[]): BalanceVerdict {
  const total = loads.reduce((sum, load) => sum + load.requests, 0);
  if (loads.length < 2 || total < MIN_REQUESTS_FOR_BALANCE) {
    return 'not-comparable';
  }
  const ratios = loads.map(({ ratio }) => ratio);
  const index = jainIndex(ratios)!;
  const peak = Math.max(...ratios);
  if (index >= 0.98 && peak < 1.25) return 'even';
  if (index >= 0.92 && peak < 1.45) return 'slightly-uneven';
  return 'uneven';
}
