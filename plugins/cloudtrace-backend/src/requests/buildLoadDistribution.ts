import {
  DurationHistogram,
  flagGroups,
  jainIndex,
  judgeBalance,
  maxToMean,
  relativeLoads,
  type RelativeLoad,
  type LatencyMs,
  type LoadBalance,
  type LoadDistribution,
  type LoadGroup,
  type LoadGroupBy,
  type LoadPoint,
  type LoadTotals,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { RollupResult, RollupRow } from './types';

/** What {@link buildLoadDistribution} makes its answer from. */
export interface LoadDistributionInput {
  environment: string;
  groupBy: LoadGroupBy;
  current: RollupResult;
  /** The period of the same length just before. */
  previous: RollupResult;
  /** When the first request of each group ever arrived. */
  firstSeen: ReadonlyMap<string, Date>;
  /** When the newest request of the environment started. */
  lastReceivedAt?: Date;
  limit: number;
  now: Date;
}

/** Sums requests and keeps their durations for percentiles. */
class Tally {
  requests = 0;
  errors = 0;
  #sumUs = 0;
  #maxUs = 0;
  readonly #durations = new DurationHistogram();

  add(row: RollupRow) {
    this.requests += row.requests;
    this.errors += row.errors;
    this.#sumUs += row.durationSumUs;
    this.#maxUs = Math.max(this.#maxUs, row.durationMaxUs);
    this.#durations.addEncoded(row.histogram);
  }

  get errorRate(): number | undefined {
    return this.requests > 0 ? this.errors / this.requests : undefined;
  }

  percentileMs(share: number): number | undefined {
    const us = this.#durations.percentileUs(share);
    // A slot's middle may lie above the greatest duration in it.
    return us === undefined ? undefined : Math.min(us, this.#maxUs) / 1000;
  }

  latencyMs(): LatencyMs {
    if (this.requests === 0) return {};
    return {
      p50: this.percentileMs(0.5),
      p95: this.percentileMs(0.95),
      p99: this.percentileMs(0.99),
      max: this.#maxUs / 1000,
      mean: this.#sumUs / this.requests / 1000,
    };
  }

  point(t: number): LoadPoint {
    const { requests, errors } = this;
    return {
      t: new Date(t).toISOString(),
      requests,
      errors,
      p50Ms: this.percentileMs(0.5),
      p95Ms: this.percentileMs(0.95),
      p99Ms: this.percentileMs(0.99),
    };
  }
}

/** Turns rollups into the answer of the load distribution. Pure. */
export function buildLoadDistribution(
  input: LoadDistributionInput,
): LoadDistribution {
  const { current, previous, now } = input;
  const until = new Date(
    Math.min(current.to.getTime(), Math.max(now.getTime(), +current.from)),
  );
  // Before its first request ever a service had no rate.
  const seen = [
    ...[...input.firstSeen.values()].map(at => +at),
    ...current.rows.map(({ bucket }) => +bucket),
  ];
  const begin = new Date(
    Math.min(Math.max(+current.from, earliest(seen, +until)), +until),
  );
  const before = tallyGroups(previous.rows);
  const beforeTotal = tally(previous.rows);
  const total = tally(current.rows);
  const groups = describeGroups(input, until, total, before, beforeTotal);
  const shown = groups.slice(0, input.limit);
  const rest = groups.slice(input.limit);
  const { loads, balance } = judge(input);

  const alike = input.groupBy !== 'route';
  const flags = flagGroups(
    groups.map(({ group, tallied }) => ({
      key: group.key,
      requests: tallied.requests,
      errors: tallied.errors,
      p95Ms: group.latencyMs.p95,
      load: alike ? loads.get(group.key) : undefined,
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
    asOf: input.lastReceivedAt?.toISOString(),
    totals: totals(total, +until - +begin),
    previous: {
      from: previous.from.toISOString(),
      to: previous.to.toISOString(),
      totals: totals(beforeTotal, +previous.to - +previous.from),
    },
    balance,
    groups: shown.map(({ group }) => ({
      ...group,
      fairShare: alike ? fairShareOf(loads.get(group.key), total) : undefined,
      flags: flags.get(group.key) ?? [],
    })),
    groupsTotal: groups.length,
    otherGroups: rest.length > 0 ? sumUp(rest, total) : undefined,
    series: totalSeries(current, until),
  };
}

interface DescribedGroup {
  group: LoadGroup;
  tallied: Tally;
}

function describeGroups(
  { current, firstSeen }: LoadDistributionInput,
  until: Date,
  total: Tally,
  before: Map<string, Tally>,
  beforeTotal: Tally,
): DescribedGroup[] {
  const described = [...groupRows(current.rows)].map(([key, rows]) => {
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
      share: total.requests > 0 ? tallied.requests / total.requests : 0,
      errors: tallied.errors,
      errorRate: tallied.errorRate,
      latencyMs: tallied.latencyMs(),
      firstSeenAt: firstSeen.get(key)?.toISOString(),
      lastSeenAt: series.at(-1)?.t,
      previous: was && {
        requests: was.requests,
        errors: was.errors,
        share: was.requests / beforeTotal.requests,
        p95Ms: was.percentileMs(0.95),
      },
      flags: [],
      series,
    };
    return { group, tallied };
  });
  return described.sort(
    (a, b) =>
      b.group.requests - a.group.requests ||
      a.group.key.localeCompare(b.group.key),
  );
}

function judge({ groupBy, current }: LoadDistributionInput) {
  const steps = stepsOf(current, current.to);
  const index = new Map(steps.map((t, i) => [t, i]));
  const samples = [...groupRows(current.rows)].map(([key, rows]) => {
    const requestsPerStep = steps.map(() => 0);
    for (const row of rows) {
      const step = index.get(row.bucket.getTime());
      if (step !== undefined) requestsPerStep[step] += row.requests;
    }
    return { key, label: rows[0].label, requestsPerStep };
  });
  const relative = relativeLoads(samples);
  const loads = new Map(relative.map(load => [load.key, load]));
  const verdict =
    groupBy === 'route' ? ('not-comparable' as const) : judgeBalance(relative);
  const ratios = relative.map(({ ratio }) => ratio);
  const total = relative.reduce((sum, { requests }) => sum + requests, 0);
  const ranked = [...relative].sort((a, b) => b.ratio - a.ratio);
  const share = (load: (typeof ranked)[number] | undefined) =>
    load && {
      key: load.key,
      label: samples.find(({ key }) => key === load.key)!.label,
      share: load.requests / total,
      fairShare: load.fairRequests / total,
    };
  const comparable = groupBy !== 'route' && relative.length > 0;
  const balance: LoadBalance = {
    groups: relative.length,
    verdict,
    ...(comparable && {
      jainIndex: jainIndex(ratios),
      maxToMean: maxToMean(ratios),
      busiest: share(ranked[0]),
      idlest: share(ranked.at(-1)),
    }),
  };
  return { loads, balance };
}

function fairShareOf(load: RelativeLoad | undefined, total: Tally) {
  return load && load.fairRequests / total.requests;
}

function totals(total: Tally, durationMs: number): LoadTotals {
  return {
    requests: total.requests,
    errors: total.errors,
    errorRate: total.errorRate,
    requestsPerSecond:
      durationMs > 0 ? total.requests / (durationMs / 1000) : 0,
    latencyMs: total.latencyMs(),
  };
}

function totalSeries(current: RollupResult, until: Date): LoadPoint[] {
  const buckets = byBucket(current.rows);
  return stepsOf(current, until).map(t => tally(buckets.get(t) ?? []).point(t));
}

function stepsOf({ from, stepMs }: RollupResult, until: Date): number[] {
  const steps: number[] = [];
  for (let t = from.getTime(); t < until.getTime(); t += stepMs) steps.push(t);
  return steps;
}

function sumUp(rest: DescribedGroup[], total: Tally) {
  const sum = (pick: (group: LoadGroup) => number) =>
    rest.reduce((result, { group }) => result + pick(group), 0);
  const requests = sum(group => group.requests);
  return {
    groups: rest.length,
    requests,
    errors: sum(group => group.errors),
    share: total.requests > 0 ? requests / total.requests : 0,
  };
}

function tally(rows: readonly RollupRow[]): Tally {
  const result = new Tally();
  for (const row of rows) result.add(row);
  return result;
}

function tallyGroups(rows: readonly RollupRow[]): Map<string, Tally> {
  return new Map([...groupRows(rows)].map(([key, own]) => [key, tally(own)]));
}

function groupRows(rows: readonly RollupRow[]): Map<string, RollupRow[]> {
  return collect(rows, row => row.key);
}

function byBucket(rows: readonly RollupRow[]): Map<number, RollupRow[]> {
  return collect(rows, row => row.bucket.getTime());
}

function collect<K>(rows: readonly RollupRow[], keyOf: (row: RollupRow) => K) {
  const groups = new Map<K, RollupRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function earliest(times: readonly number[], otherwise: number): number {
  return times.reduce((a, b) => Math.min(a, b), otherwise);
}
