import {
  isChance,
  isComparable,
  MIN_REQUESTS_FOR_BALANCE,
  MIN_SERVED_MS,
  type RelativeLoad,
} from './balance';
import type { LoadFlag } from '../openapi';

/** The facts about a group that {@link flagGroups} needs. @public */
export interface FlagInput {
  key: string;
  /** In the whole range. */
  requests: number;
  errors: number;
  /** p95 of the whole range; only for groups that do different work. */
  p95Ms?: number;
  /** Load compared with the fair share; absent if groups are not comparable, such as routes. */
  load?: RelativeLoad;
  /**
   * Latency in the steps in which it served from start to end, compared with
   * all other groups together in the same steps.
   */
  latency?: {
    servedMs: number;
    requests: number;
    p95Ms?: number;
    others: { requests: number; p95Ms?: number };
  };
  /** The other groups together, in the steps in which it was present. */
  others?: { requests: number; errors: number };
  firstSeenAt?: Date;
  /** Start of the last step with a request. */
  lastSeenAt?: Date;
  /** The previous period, if it had requests. */
  previous?: { requests: number; p95Ms?: number };
}

/** The range in which groups are compared. @public */
export interface FlagContext {
  from: Date;
  /** End of the range, or now if that is earlier. */
  until: Date;
  stepMs: number;
  /** Whether groups do the same work, so that their latencies can be compared with each other. */
  alike: boolean;
}

/** The fewest requests for which p95 is more than just the slowest few. */
const MIN_REQUESTS_FOR_P95 = 100;
/** The fewest requests of the others for comparing an error rate. */
const MIN_OTHER_REQUESTS = 30;

/**
 * Flags groups that deserve attention, with the figures behind each flag. Small
 * numbers, short times and differences that chance explains produce no flag.
 *
 * @remarks A group is compared only over the time in which it served:
 *
 * - hot, cold: `requests ÷ fairRequests` of {@link relativeLoads} is at least
 *   1.3 or at most 0.6, the difference is more than `3 √fairRequests`, and it
 *   is comparable ({@link isComparable}); `value` and `reference` are shares of
 *   the requests of that time.
 * - slow: p95 at least 1.5 times, and 10 ms above, that of all others together
 *   in the steps in which it served from start to end; at least 3 minutes and
 *   100 requests on either side. The first requests of a cold process are in
 *   the step in which it appeared, so they do not count. Groups that do
 *   different work, such as routes, are compared with their own previous
 *   period.
 * - failing: at least 5 errors and 1 % of its requests, and at least 3 times
 *   the error rate of all others together while it was present. Without 30
 *   requests of others in that time there is no `reference`.
 *
 * A group that is gone (silent) keeps these flags for the record with `until`,
 * the end of its last step with requests: hot, cold and slow as `info`, failing
 * as `warning` at most.
 *
 * @public
 */
export function flagGroups(
  groups: readonly FlagInput[],
  context: FlagContext,
): Map<string, LoadFlag[]> {
  const newest = Math.max(
    ...groups.map(group => group.lastSeenAt?.getTime() ?? 0),
  );
  const allNew = groups.every(group => isNew(group, context));
  return new Map(
    groups.map(group => {
      const gone = silent(group, newest, context);
      const flags = [
        failing(group),
        slow(group, context),
        uneven(group, context),
      ].map(flag => (flag && gone ? past(flag, gone) : flag));
      flags.push(
        gone,
        isNew(group, context) && !allNew
          ? {
              kind: 'new',
              severity: 'info',
              since: group.firstSeenAt!.toISOString(),
            }
          : undefined,
      );
      return [group.key, flags.filter(flag => flag !== undefined)];
    }),
  );
}

function isNew({ firstSeenAt }: FlagInput, { from }: FlagContext): boolean {
  return firstSeenAt !== undefined && firstSeenAt >= from;
}

function past(flag: LoadFlag, gone: LoadFlag): LoadFlag {
  const severity =
    flag.kind === 'failing' && flag.severity !== 'info' ? 'warning' : 'info';
  return { ...flag, severity, until: gone.since };
}

/** Share far from the fair share, by more than chance. */
function uneven(
  { load }: FlagInput,
  { stepMs }: FlagContext,
): LoadFlag | undefined {
  if (!load || !isComparable(load, stepMs) || isChance(load)) return undefined;
  const { requests, fairRequests, totalRequests, ratio } = load;
  if (totalRequests < MIN_REQUESTS_FOR_BALANCE) return undefined;
  const figures = {
    value: requests / totalRequests,
    reference: fairRequests / totalRequests,
    unit: '1',
  } as const;
  if (ratio >= 1.3) {
    const severity = ratio >= 2 ? 'critical' : 'warning';
    return { kind: 'hot', severity, ...figures };
  }
  return ratio <= 0.6
    ? { kind: 'cold', severity: 'warning', ...figures }
    : undefined;
}

/** p95 far above that of the others or, for groups with different work, above its own before. */
function slow(group: FlagInput, { alike }: FlagContext): LoadFlag | undefined {
  const { latency, previous } = group;
  if (alike && (!latency || latency.servedMs < MIN_SERVED_MS)) return undefined;
  const own = alike ? latency! : group;
  const other = alike ? latency!.others : previous;
  if (own.requests < MIN_REQUESTS_FOR_P95 || own.p95Ms === undefined) {
    return undefined;
  }
  if (!other?.p95Ms || other.requests < MIN_REQUESTS_FOR_P95) return undefined;
  const ratio = own.p95Ms / other.p95Ms;
  if (ratio < 1.5 || own.p95Ms - other.p95Ms < 10) return undefined;
  return {
    kind: 'slow',
    severity: ratio >= 3 ? 'critical' : 'warning',
    value: own.p95Ms,
    reference: other.p95Ms,
    unit: 'ms',
  };
}

/** Error rate far above that of all the others together. */
function failing({
  errors,
  requests,
  others,
}: FlagInput): LoadFlag | undefined {
  const rate = errors / requests;
  if (errors < 5 || rate < 0.01) return undefined;
  const reference =
    others && others.requests >= MIN_OTHER_REQUESTS
      ? others.errors / others.requests
      : undefined;
  if (reference !== undefined && rate < 3 * reference) return undefined;
  return {
    kind: 'failing',
    severity: rate >= 0.1 ? 'critical' : 'warning',
    value: rate,
    ...(reference !== undefined && { reference }),
    unit: '1',
  };
}

/** No requests for some steps while others still have them. */
function silent(
  { lastSeenAt }: FlagInput,
  newest: number,
  { stepMs }: FlagContext,
): LoadFlag | undefined {
  if (!lastSeenAt) return undefined;
  const since = lastSeenAt.getTime() + stepMs;
  return newest - lastSeenAt.getTime() >= Math.max(2 * stepMs, 120_000)
    ? { kind: 'silent', severity: 'info', since: new Date(since).toISOString() }
    : undefined;
}
