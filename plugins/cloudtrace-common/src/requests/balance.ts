import { servedSteps, type LoadSample, type ServedSteps } from './servedSteps';

/** How much load a group had while it served, compared with its fair share. @public */
export interface RelativeLoad {
  key: string;
  /** Requests in the compared steps. */
  requests: number;
  /**
   * Requests that it would have had in them if they had been spread evenly; see
   * {@link relativeLoads}.
   */
  fairRequests: number;
  /** Requests of all compared groups in these steps; shares are fractions of it. */
  totalRequests: number;
  /** Number of compared steps: those in which it served from start to end. */
  steps: number;
  /** `requests / fairRequests`: 1 is fair, 2 is twice the fair share; 1 if nothing is compared. */
  ratio: number;
  /** Requests in the steps in which it appeared or disappeared, whose fair share is unknown. */
  otherRequests: number;
}

/**
 * Compares the load of each group with its fair share.
 *
 * @remarks In each step, the requests of the groups that served for the whole
 * step are split evenly among these groups ({@link servedSteps}):
 * `fairRequests = Σ over its whole steps (Σ requests of the whole groups / number of whole groups)`.
 * So an instance that started a minute ago or died is not "cold" in a view of
 * an hour, and one that ran alone for a while is not "hot". If all
 * groups serve all the time, the fair share is total / groups. Omits groups
 * without requests.
 *
 * @public
 */
export function relativeLoads(
  samples: readonly LoadSample[],
  served: readonly ServedSteps[] = servedSteps(samples),
): RelativeLoad[] {
  const steps = Math.max(0, ...samples.map(s => s.requestsPerStep.length));
  const totals = new Array<number>(steps).fill(0);
  const groups = new Array<number>(steps).fill(0);
  samples.forEach(({ requestsPerStep }, i) =>
    served[i].whole.forEach((whole, step) => {
      if (!whole) return;
      totals[step] += requestsPerStep[step] ?? 0;
      groups[step] += 1;
    }),
  );
  return samples.flatMap(({ key, requestsPerStep }, i) => {
    const load = {
      ...{ key, requests: 0, fairRequests: 0, totalRequests: 0 },
      ...{ steps: 0, ratio: 1, otherRequests: 0 },
    };
    requestsPerStep.forEach((requests, step) => {
      if (!served[i].whole[step]) {
        load.otherRequests += requests;
        return;
      }
      load.requests += requests;
      load.fairRequests += totals[step] / groups[step];
      load.totalRequests += totals[step];
      load.steps += 1;
    });
    if (load.requests + load.otherRequests === 0) return [];
    if (load.fairRequests > 0) load.ratio = load.requests / load.fairRequests;
    return [load];
  });
}

/** Shortest time that a group must have served before its load and latency are judged. @public */
export const MIN_SERVED_MS = 180_000;

/** Smallest fair share, in requests, with which a group's load can be compared. @public */
export const MIN_FAIR_REQUESTS = 30;

/** Whether a group served long enough, and had enough requests, to be judged. @public */
export function isComparable(load: RelativeLoad, stepMs: number): boolean {
  return (
    load.steps * stepMs >= MIN_SERVED_MS &&
    load.fairRequests >= MIN_FAIR_REQUESTS
  );
}

/**
 * Whether chance explains how far a group is from its fair share: three
 * standard deviations, `3 √fairRequests`. @public
 */
export function isChance({
  requests,
  fairRequests,
}: Pick<RelativeLoad, 'requests' | 'fairRequests'>): boolean {
  return Math.abs(requests - fairRequests) < 3 * Math.sqrt(fairRequests);
}

/**
 * Jain's fairness index of non-negative loads: 1 if all are equal, 1 / n if one
 * has the whole load. `undefined` without any load.
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

/** The fewest requests for judging evenness. @public */
export const MIN_REQUESTS_FOR_BALANCE = 100;

/** How even the load is, in one word. @public */
export type BalanceVerdict =
  | 'even'
  | 'slightly-uneven'
  | 'uneven'
  | 'not-comparable';

/**
 * Judges how even the load of comparable groups ({@link isComparable}) is. The
 * busiest group counts in addition to the index, because one hot instance among
 * many hardly changes the index. A difference that chance explains counts as
 * none.
 *
 * @public
 */
export function judgeBalance(loads: readonly RelativeLoad[]): BalanceVerdict {
  const total = loads.reduce((sum, load) => sum + load.requests, 0);
  if (loads.length < 2 || total < MIN_REQUESTS_FOR_BALANCE) {
    return 'not-comparable';
  }
  const ratios = loads.map(load => (isChance(load) ? 1 : load.ratio));
  const index = jainIndex(ratios)!;
  const peak = Math.max(...ratios);
  if (index >= 0.98 && peak < 1.25) return 'even';
  if (index >= 0.92 && peak < 1.45) return 'slightly-uneven';
  return 'uneven';
}
