import { MIN_REQUESTS_FOR_BALANCE } from './balance';
import type { LoadFlag } from '../openapi';

/** What {@link flagGroups} needs to know of a group. @public */
export interface FlagInput {
  key: string;
  requests: number;
  errors: number;
  p95Ms?: number;
  /** Load against the fair part; absent where groups are not comparable, such as routes. */
  load?: { requests: number; fairRequests: number; ratio: number };
  firstSeenAt?: Date;
  /** Start of the last step with a request. */
  lastSeenAt?: Date;
  /** The period before, if it had requests. */
  previous?: { requests: number; p95Ms?: number };
}

/** The range that the groups are looked at in. @public */
export interface FlagContext {
  from: Date;
  /** End of the range, or now if that is earlier. */
  until: Date;
  stepMs: number;
  /** Whether groups do the same work, so that their latencies can be compared with each other. */
  alike: boolean;
}

const minRequests = 30;

/**
 * Points out groups that deserve attention, with the figures behind each
 * flag. Small numbers and differences that chance explains give no flag.
 *
 * @public
 */
export function flagGroups(
  groups: readonly FlagInput[],
  context: FlagContext,
): Map<string, LoadFlag[]> {
  const total = groups.reduce((sum, group) => sum + group.requests, 0);
  const newest = Math.max(
    ...groups.map(group => group.lastSeenAt?.getTime() ?? 0),
  );
  const allNew = groups.every(group => isNew(group, context));
  return new Map(
    groups.map(group => {
      const others = groups.filter(other => other !== group);
      const flags = [
        failing(group, others),
        slow(group, others, context),
        total >= MIN_REQUESTS_FOR_BALANCE ? uneven(group, total) : undefined,
        silent(group, newest, context),
        isNew(group, context) && !allNew
          ? ({
              kind: 'new',
              severity: 'info',
              since: group.firstSeenAt!.toISOString(),
            } satisfies LoadFlag)
          : undefined,
      ];
      return [group.key, flags.filter(flag => flag !== undefined)];
    }),
  );
}

function isNew({ firstSeenAt }: FlagInput, { from }: FlagContext): boolean {
  return firstSeenAt !== undefined && firstSeenAt >= from;
}

/** Share far from the fair share, by more than three standard deviations of chance. */
function uneven({ load }: FlagInput, total: number): LoadFlag | undefined {
  if (!load) return undefined;
  const { requests, fairRequests, ratio } = load;
  if (Math.abs(requests - fairRequests) < 3 * Math.sqrt(fairRequests)) {
    return undefined;
  }
  const figures = {
    value: requests / total,
    reference: fairRequests / total,
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

/** p95 far above the median of the others or, where they do other work, above its own before. */
function slow(
  group: FlagInput,
  others: readonly FlagInput[],
  { alike }: FlagContext,
): LoadFlag | undefined {
  if (group.p95Ms === undefined || group.requests < minRequests) {
    return undefined;
  }
  const reference = alike
    ? median(
        others.flatMap(({ p95Ms, requests }) =>
          p95Ms !== undefined && requests >= minRequests ? [p95Ms] : [],
        ),
      )
    : group.previous &&
      group.previous.requests >= minRequests &&
      group.previous.p95Ms;
  if (!reference) return undefined;
  const ratio = group.p95Ms / reference;
  if (ratio < 1.5 || group.p95Ms - reference < 10) return undefined;
  return {
    kind: 'slow',
    severity: ratio >= 3 ? 'critical' : 'warning',
    value: group.p95Ms,
    reference,
    unit: 'ms',
  };
}

/** Error rate far above that of all the others together. */
function failing(
  group: FlagInput,
  others: readonly FlagInput[],
): LoadFlag | undefined {
  const rate = group.errors / group.requests;
  if (group.errors < 5 || rate < 0.01) return undefined;
  const sum = (pick: (g: FlagInput) => number) =>
    others.reduce((total, other) => total + pick(other), 0);
  const otherRequests = sum(other => other.requests);
  const reference =
    otherRequests > 0 ? sum(other => other.errors) / otherRequests : 0;
  if (otherRequests > 0 && rate < 3 * reference) return undefined;
  return {
    kind: 'failing',
    severity: rate >= 0.1 ? 'critical' : 'warning',
    value: rate,
    reference,
    unit: '1',
  };
}

/** No requests for some steps while others go on having them. */
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

function median(values: number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return undefined;
  return sorted.length % 2
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}
