import {
  flagGroups,
  shareOf,
  type RelativeLoad,
  type LoadDistribution,
  type LoadGroup,
  type LoadGroupBy,
} from '@cloudtrace/plugin-cloudtrace-common';
import { compareGroups, sharesOf } from './compareGroups';
import { activeTimeOf, firstRequestMs, totalsOf } from './requestFigures';
import { byBucket, byKey, stepsOf } from './rollupRows';
import { sumOf, tally, Tally } from './Tally';
import type { RollupRow } from '../rollups/types';
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
  const before = tallyGroups(previous.rows);
  const beforeTotal = tally(previous.rows);
  const perStep = new Map(
    [...byBucket(current.rows)].map(([t, rows]) => [t, tally(rows)]),
  );
  const total = sumOf([...perStep.values()]);
  const groups = describeGroups(input, until, total, before, beforeTotal);
  const shown = groups.slice(0, input.limit);
  const rest = groups.slice(input.limit);
  const alike = input.groupBy !== 'route';
  const { compared, balance } = compareGroups(
    groups.map(({ group, tallied, rows }) => ({
      key: group.key,
      label: group.label,
      rows,
      tallied,
      firstSeenAt: input.firstSeen.get(group.key),
    })),
    perStep,
    { ...current, steps: stepsOf(current, until), alike },
  );
  const flags = flagGroups(
    groups.map(({ group, tallied }) => ({
      key: group.key,
      requests: tallied.requests,
      errors: tallied.errors,
      p95Ms: group.latencyMs.p95,
      ...compared.get(group.key),
      firstSeenAt: input.firstSeen.get(group.key),
      lastSeenAt: group.lastSeenAt ? new Date(group.lastSeenAt) : undefined,
      previous: group.previous,
    })),
    { from: current.from, until, stepMs: current.stepMs, alike },
  );

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
            beforeTotal,
            previous.to.getTime() - previous.from.getTime(),
          ),
        },
    balance,
    groups: shown.map(({ group, tallied }) => ({
      ...group,
      fairShare: fairShareOf(tallied, compared.get(group.key)?.load, total),
      flags: flags.get(group.key) ?? [],
    })),
    groupsTotal: groups.length,
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

interface DescribedGroup {
  group: LoadGroup;
  tallied: Tally;
  rows: RollupRow[];
}

function describeGroups(
  { current, firstSeen }: LoadDistributionInput,
  until: Date,
  total: Tally,
  before: Map<string, Tally>,
  beforeTotal: Tally,
): DescribedGroup[] {
  const described = [...byKey(current.rows)].map(([key, rows]) => {
    const tallied = tally(rows);
    const series = [...byBucket(rows)]
      .filter(([t]) => t < until.getTime())
      .map(([t, bucket]) => tally(bucket).point(t));
    const { label, zone, method, route } = rows[0];
    const was = before.get(key);
    const group: LoadGroup = {
      key,
      label,
      zone: zone || undefined,
      method,
      route,
      requests: tallied.requests,
      share: shareOf(tallied.requests, total.requests),
      errors: tallied.errors,
      errorRate: tallied.errorRate,
      latencyMs: tallied.latencyMs(),
      firstSeenAt: firstSeen.get(key)?.toISOString(),
      lastSeenAt: lastSeenAt(series.at(-1)?.t, firstSeen.get(key)),
      previous: was && {
        requests: was.requests,
        errors: was.errors,
        share: shareOf(was.requests, beforeTotal.requests),
        p95Ms: was.percentileMs(0.95),
      },
      flags: [],
      series,
    };
    return { group, tallied, rows };
  });
  return described.sort(
    (a, b) =>
      b.group.requests - a.group.requests ||
      a.group.key.localeCompare(b.group.key),
  );
}

/** Requests are counted by step: the newest step begins before a request that arrived in it. */
function lastSeenAt(step: string | undefined, firstSeenAt: Date | undefined) {
  const first = firstSeenAt?.toISOString();
  return step && first && first > step ? first : step;
}

function fairShareOf(own: Tally, load: RelativeLoad | undefined, total: Tally) {
  return load && sharesOf(own, load, total).fairShare;
}

function sumUp(rest: DescribedGroup[], total: Tally) {
  const sum = (pick: (group: LoadGroup) => number) =>
    rest.reduce((result, { group }) => result + pick(group), 0);
  const requests = sum(group => group.requests);
  return {
    groups: rest.length,
    requests,
    errors: sum(group => group.errors),
    share: shareOf(requests, total.requests),
  };
}

function tallyGroups(rows: readonly RollupRow[]): Map<string, Tally> {
  return new Map([...byKey(rows)].map(([key, own]) => [key, tally(own)]));
}
