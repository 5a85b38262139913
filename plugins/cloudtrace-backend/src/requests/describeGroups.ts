import {
  flagGroups,
  shareOf,
  type LoadBalance,
  type LoadGroup,
} from '@cloudtrace/plugin-cloudtrace-common';
import { compareGroups, sharesOf } from './compareGroups';
import type { FirstSeen } from './requestFigures';
import { byBucket, byGroup, stepsOf } from './rollupRows';
import { sumOf, tally, type Tally } from './Tally';
import type { RollupRow } from '../rollups/types';

/** Input of {@link describeGroups}. */
export interface DescribeGroupsInput {
  /** Rows of the period and of the previous one. */
  rows: readonly RollupRow[];
  previousRows: readonly RollupRow[];
  from: Date;
  /** End of the period, or now if that is earlier. */
  until: Date;
  stepMs: number;
  firstSeen: FirstSeen;
  /** Whether the groups do the same work, so that they can be compared. */
  alike: boolean;
}

/** Groups that are compared with each other only, and how even their load is. */
export interface DescribedGroups {
  /** All of them together, one entry per step with requests. */
  perStep: Map<number, Tally>;
  /** The sum of the steps. */
  total: Tally;
  /** Busiest first. */
  groups: LoadGroup[];
  balance: LoadBalance;
}

/** Describes and compares the groups of rows. Pure. */
export function describeGroups(input: DescribeGroupsInput): DescribedGroups {
  const { rows, previousRows, from, until, stepMs, firstSeen, alike } = input;
  const perStep = new Map(
    [...byBucket(rows)].map(([t, step]) => [t, tally(step)]),
  );
  const total = sumOf([...perStep.values()]);
  const described = [...byGroup(rows).values()]
    .map(own => describe(own, total, input))
    .sort((a, b) => byLoad(a.group, b.group));
  const previous = previousOf(previousRows);
  const { compared, balance } = compareGroups(
    described.map(({ group, tallied, rows: own }) => ({
      key: group.key,
      label: group.label,
      rows: own,
      tallied,
      firstSeenAt: firstSeen.get(group.key),
    })),
    perStep,
    { from, steps: stepsOf({ from, stepMs }, until), stepMs, alike },
  );
  const flags = flagGroups(
    described.map(({ group, tallied }) => ({
      key: group.key,
      requests: tallied.requests,
      errors: tallied.errors,
      p95Ms: group.latencyMs.p95,
      ...compared.get(group.key),
      firstSeenAt: firstSeen.get(group.key),
      lastSeenAt: group.lastSeenAt ? new Date(group.lastSeenAt) : undefined,
      previous: previous.get(group.key),
    })),
    { from, until, stepMs, alike },
  );
  const groups = described.map(({ group, tallied }) => {
    const load = compared.get(group.key)?.load;
    return {
      ...group,
      fairShare: load && sharesOf(tallied, load, total).fairShare,
      previous: previous.get(group.key),
      flags: flags.get(group.key) ?? [],
    };
  });
  return { perStep, total, groups, balance };
}

/** Orders groups, busiest first. */
export function byLoad(a: LoadGroup, b: LoadGroup): number {
  return b.requests - a.requests || a.key.localeCompare(b.key);
}

function describe(
  rows: RollupRow[],
  total: Tally,
  { until, firstSeen }: DescribeGroupsInput,
): { group: LoadGroup; tallied: Tally; rows: RollupRow[] } {
  const tallied = tally(rows);
  const series = [...byBucket(rows)]
    .filter(([t]) => t < until.getTime())
    .map(([t, bucket]) => tally(bucket).point(t));
  const { key, label, zone, method, route } = rows[0];
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
    flags: [],
    series,
  };
  return { group, tallied, rows };
}

/** Requests are counted by step: the newest step begins before a request that arrived in it. */
function lastSeenAt(step: string | undefined, firstSeenAt: Date | undefined) {
  const first = firstSeenAt?.toISOString();
  return step && first && first > step ? first : step;
}

function previousOf(
  rows: readonly RollupRow[],
): Map<string, NonNullable<LoadGroup['previous']>> {
  const total = rows.reduce((sum, { requests }) => sum + requests, 0);
  return new Map(
    [...byGroup(rows).values()].map(own => {
      const was = tally(own);
      return [
        own[0].key,
        {
          requests: was.requests,
          errors: was.errors,
          share: shareOf(was.requests, total),
          p95Ms: was.percentileMs(0.95),
        },
      ];
    }),
  );
}
