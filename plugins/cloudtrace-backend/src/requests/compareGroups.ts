import {
  isComparable,
  jainIndex,
  judgeBalance,
  maxToMean,
  relativeLoads,
  servedSteps,
  type FlagInput,
  type LoadBalance,
  type LoadShare,
  type RelativeLoad,
} from '@cloudtrace/plugin-cloudtrace-common';
import { sumOf, tally, type Tally } from './Tally';
import type { RollupRow } from '../rollups/types';

interface ComparedGroup {
  key: string;
  label: string;
  rows: readonly RollupRow[];
  /** All of its rows. */
  tallied: Tally;
  /** When its first request ever arrived. */
  firstSeenAt?: Date;
}

/**
 * Compares each group with the others for the time in which it served (see
 * `servedSteps`), so that a group that started late, stopped early or was
 * absent is not compared with what happened at other times. Pure. Groups with
 * different work (routes) have no fair share and no balance.
 */
export function compareGroups(
  groups: readonly ComparedGroup[],
  /** All groups together, one entry per step with requests. */
  perStep: ReadonlyMap<number, Tally>,
  context: { from: Date; steps: number[]; stepMs: number; alike: boolean },
): {
  compared: Map<string, Pick<FlagInput, 'load' | 'latency' | 'others'>>;
  balance: LoadBalance;
} {
  const { from, steps, stepMs, alike } = context;
  const counted = groups.map(group => countPerStep(group.rows, steps));
  const totals = steps.map(t => ({
    requests: perStep.get(t)?.requests ?? 0,
    errors: perStep.get(t)?.errors ?? 0,
  }));
  if (!alike) {
    const others = groups.map(
      ({ key }, i) =>
        [key, { others: othersOf(totals, counted[i], () => true) }] as const,
    );
    return {
      balance: { groups: groups.length, verdict: 'not-comparable' },
      compared: new Map(others),
    };
  }
  const samples = groups.map(({ key, firstSeenAt }, i) => ({
    key,
    requestsPerStep: counted[i].map(({ requests }) => requests),
    isNew: firstSeenAt !== undefined && firstSeenAt >= from,
  }));
  const served = servedSteps(samples);
  const loads = new Map(
    relativeLoads(samples, served).map(load => [load.key, load]),
  );
  // Groups that served in the same steps, usually the whole range, share their
  // sums.
  const sums = new Map<string, Tally>();
  const compared = groups.map((group, i) => {
    const { whole, present } = served[i];
    const chosen = new Set(steps.filter((_, step) => whole[step]));
    const id = [...chosen].join();
    const all =
      sums.get(id) ?? sumOf([...chosen].flatMap(t => perStep.get(t) ?? []));
    sums.set(id, all);
    const rows = group.rows.filter(({ bucket }) =>
      chosen.has(bucket.getTime()),
    );
    const own = rows.length === group.rows.length ? group.tallied : tally(rows);
    const input: Pick<FlagInput, 'load' | 'latency' | 'others'> = {
      load: loads.get(group.key),
      latency: {
        servedMs: chosen.size * stepMs,
        requests: own.requests,
        p95Ms: own.percentileMs(0.95),
        others: {
          requests: all.requests - own.requests,
          p95Ms: all.percentileWithoutMs(own, 0.95),
        },
      },
      others: othersOf(totals, counted[i], step => present[step]),
    };
    return [group.key, input] as const;
  });
  const byKey = new Map(groups.map(group => [group.key, group]));
  const total = sumOf([...perStep.values()]);
  return {
    compared: new Map(compared),
    balance: describeBalance(
      [...loads.values()].filter(load => isComparable(load, stepMs)),
      key => ({
        key,
        label: byKey.get(key)?.label ?? key,
        ...sharesOf(byKey.get(key)?.tallied, loads.get(key), total),
      }),
    ),
  };
}

/**
 * The share of a group, and the share that it would have had if the requests
 * had been spread evenly over those that served at the same time.
 */
export function sharesOf(
  own: Tally | undefined,
  load: RelativeLoad | undefined,
  total: Tally,
): { share: number; fairShare: number } {
  const part = (requests: number) =>
    total.requests > 0 ? requests / total.requests : 0;
  return {
    share: part(own?.requests ?? 0),
    // How long it served in the steps in which it appeared or disappeared is
    // unknown: its actual share in them counts as fair.
    fairShare: part((load?.fairRequests ?? 0) + (load?.otherRequests ?? 0)),
  };
}

function describeBalance(
  loads: readonly RelativeLoad[],
  shareOf: (key: string) => LoadShare,
): LoadBalance {
  const ratios = loads.map(({ ratio }) => ratio);
  const ranked = [...loads].sort((a, b) => b.ratio - a.ratio);
  return {
    groups: loads.length,
    verdict: judgeBalance(loads),
    ...(ranked.length > 0 && {
      jainIndex: jainIndex(ratios),
      maxToMean: maxToMean(ratios),
      busiest: shareOf(ranked[0].key),
      idlest: shareOf(ranked[ranked.length - 1].key),
    }),
  };
}

interface Counts {
  requests: number;
  errors: number;
}

function countPerStep(
  rows: readonly RollupRow[],
  steps: readonly number[],
): Counts[] {
  const counts = new Map<number, Counts>();
  for (const { bucket, requests, errors } of rows) {
    const sum = counts.get(bucket.getTime()) ?? { requests: 0, errors: 0 };
    sum.requests += requests;
    sum.errors += errors;
    counts.set(bucket.getTime(), sum);
  }
  return steps.map(t => counts.get(t) ?? { requests: 0, errors: 0 });
}

/** All other groups together in the selected steps. */
function othersOf(
  totals: readonly Counts[],
  own: readonly Counts[],
  isChosen: (step: number) => boolean,
): Counts {
  const others = { requests: 0, errors: 0 };
  totals.forEach(({ requests, errors }, step) => {
    if (!isChosen(step)) return;
    others.requests += requests - own[step].requests;
    others.errors += errors - own[step].errors;
  });
  return others;
}
