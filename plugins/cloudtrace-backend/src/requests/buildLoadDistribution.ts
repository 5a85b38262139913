import {
  shareOf,
  type LoadBalance,
  type LoadDistribution,
  type LoadGroup,
  type LoadGroupBy,
  type LoadKind,
} from '@cloudtrace/plugin-cloudtrace-common';
import { byLoad, describeGroups, type DescribedGroups } from './describeGroups';
import { activeTimeOf, firstRequestMs, totalsOf } from './requestFigures';
import { byKind, stepsOf } from './rollupRows';
import { sumOf, tally, Tally } from './Tally';
import type { RollupResult } from './types';

/** Input of {@link buildLoadDistribution}. */
export interface LoadDistributionInput {
  environment: string;
  groupBy: LoadGroupBy;
  current: RollupResult;
  /** The previous period of the same length. */
  previous: RollupResult;
  /** When the first request of each group ever arrived. */
  firstSeen: ReadonlyMap<string, Date>;
  /** When the newest request of the environment started. */
  lastStartedAt?: Date;
  /** Maximum number of groups of each kind. */
  limit: number;
  now: Date;
}

/** Converts rollups into the load distribution. Pure. */
export function buildLoadDistribution(
  input: LoadDistributionInput,
): LoadDistribution {
  const { current, previous, now } = input;
  const active = activeTimeOf(current, input.firstSeen, now);
  const until = new Date(active.toMs);
  const firstMs = firstRequestMs(current, input.firstSeen);
  const parts = describeParts(input, until);
  const perStep = addUp(parts.map(part => part.perStep));
  const total = sumOf(parts.map(part => part.total));
  const named = namesKinds(parts);
  const ofKinds = parts.map(({ kind, groups }) =>
    groups.map(group => (named ? { ...group, kind } : group)),
  );
  // Many busy instances of one kind must not hide those of another.
  const rest = ofKinds.flatMap(groups => groups.slice(input.limit));

  return {
    from: current.from.toISOString(),
    to: current.to.toISOString(),
    stepMs: current.stepMs,
    environment: input.environment,
    groupBy: input.groupBy,
    asOf: input.lastStartedAt?.toISOString(),
    totals: totalsOf(total, active.durationMs),
    // A period in which the service started has fewer requests for that reason.
    previous: beganWithin(previous, firstMs)
      ? undefined
      : {
          from: previous.from.toISOString(),
          to: previous.to.toISOString(),
          totals: totalsOf(
            tally(previous.rows),
            previous.to.getTime() - previous.from.getTime(),
          ),
        },
    balance: leastEven(parts),
    kinds: named ? parts.map(toLoadOfKind) : undefined,
    groups: ofKinds
      .flatMap(groups => groups.slice(0, input.limit))
      .sort(byLoad),
    groupsTotal: ofKinds.flat().length,
    otherGroups: rest.length > 0 ? sumUp(rest, total) : undefined,
    // Nothing was measured before the first request ever: no value, not zero.
    series: (firstMs === undefined ? [] : stepsOf(current, until))
      .filter(t => t + current.stepMs > active.fromMs)
      .map(t => (perStep.get(t) ?? new Tally()).point(t)),
  };
}

/** Whether the first request ever arrived after the first step of a period, or after the period. */
function beganWithin(
  { from, stepMs, rows }: RollupResult,
  firstMs: number = Infinity,
): boolean {
  const first = rows.reduce(
    (earliest, { bucket }) => Math.min(earliest, bucket.getTime()),
    firstMs,
  );
  return first >= from.getTime() + stepMs;
}

/** The groups that do the same kind of work; routes have no kind. */
interface Part extends DescribedGroups {
  kind?: LoadKind;
}

/**
 * Describes the groups of each kind of work on its own: a load balancer spreads
 * requests, a broker spreads messages.
 */
function describeParts(
  { current, previous, firstSeen, groupBy }: LoadDistributionInput,
  until: Date,
): Part[] {
  const { from, stepMs } = current;
  const describe = (
    kind: LoadKind | undefined,
    rows = current.rows,
    previousRows = previous.rows,
  ) => ({
    kind,
    ...describeGroups({
      ...{ rows, previousRows, from, until, stepMs, firstSeen },
      alike: groupBy !== 'route' && kind !== 'unknown',
    }),
  });
  const rows = byKind(current.rows);
  const previousRows = byKind(previous.rows);
  const kinds = KINDS.filter(kind => rows.has(kind));
  return kinds.length === 0
    ? [describe(undefined)]
    : kinds.map(kind =>
        describe(kind, rows.get(kind), previousRows.get(kind) ?? []),
      );
}

const KINDS: readonly LoadKind[] = ['server', 'consumer', 'unknown'];

/** Whether groups need their kind: requests alone go without saying. */
function namesKinds(parts: readonly Part[]): boolean {
  return parts.some(({ kind = 'server' }) => kind !== 'server');
}

function toLoadOfKind({ kind = 'unknown', total, groups, balance }: Part) {
  const { requests, errors } = total;
  return { kind, requests, errors, groupsTotal: groups.length, balance };
}

const VERDICTS: readonly LoadBalance['verdict'][] = [
  'uneven',
  'slightly-uneven',
  'even',
  'not-comparable',
];

/** For readers that know only one balance: none is missed that is uneven. */
function leastEven(parts: readonly Part[]): LoadBalance {
  const [first, ...others] = parts.map(({ balance }) => balance);
  return others.reduce(
    (worst, balance) =>
      VERDICTS.indexOf(balance.verdict) < VERDICTS.indexOf(worst.verdict)
        ? balance
        : worst,
    first,
  );
}

function addUp(parts: readonly Map<number, Tally>[]): Map<number, Tally> {
  if (parts.length === 1) return parts[0];
  const times = new Set(parts.flatMap(part => [...part.keys()]));
  return new Map(
    [...times].map(t => [t, sumOf(parts.flatMap(part => part.get(t) ?? []))]),
  );
}

function sumUp(rest: readonly LoadGroup[], total: Tally) {
  const sum = (pick: (group: LoadGroup) => number) =>
    rest.reduce((result, group) => result + pick(group), 0);
  const requests = sum(group => group.requests);
  return {
    groups: rest.length,
    requests,
    errors: sum(group => group.errors),
    share: shareOf(requests, total.requests),
  };
}
