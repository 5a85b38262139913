import type { Membership } from './memberships';
import type { StepSums } from './requestSteps';

/** What was usual before a failure. */
export interface Baseline {
  /** Share of the failed part in all requests. */
  share: number;
  errorRate: number;
  /** Requests that it was counted from. */
  requests: number;
  /** Since when the failed part was there. */
  since: number;
  /** One that failed was too young to be measured and counts as an average one. */
  assumed: boolean;
}

/** How far back the usual is looked for. */
const MAX_AGE_MS = 20 * 60_000;
const MIN_REQUESTS = 20;

interface Context {
  steps: ReadonlyMap<number, StepSums>;
  stepMs: number;
  memberships: readonly Membership[];
  isPart: (instance: string) => boolean;
  /** The failed part is no longer among those that serve from then on. */
  detectedAt: number;
  /** When the failure began as far as is known: what follows is not usual. */
  until: number;
}

/**
 * What was usual while exactly the instances served that served when one of
 * them failed. Where that was too short for the width of a step, the share comes
 * from what each of them handled beside the others before. `undefined` if
 * the failed part is none of them, or nobody counted any request.
 */
export function findBaseline(context: Context): Baseline | undefined {
  const { memberships, detectedAt, until } = context;
  const past = memberships.filter(m => m.from < detectedAt && m.from <= until);
  const now = past.at(-1);
  const hasPart = ({ instances }: Membership) =>
    [...instances].some(context.isPart);
  if (!now || !hasPart(now)) return undefined;
  const since = past[past.findLastIndex(m => !hasPart(m)) + 1].from;
  const full = fullSteps(context, past);
  const exact = full.filter(({ members }) => isSame(members, now.instances));
  const counted = sharesOf(exact.map(({ sums }) => sums));
  return counted.requests >= MIN_REQUESTS
    ? { ...counted, since, assumed: false }
    : weighed(full, now, { ...context, since });
}

interface FullStep {
  sums: StepSums;
  /** Instances that served the whole step. */
  members: ReadonlySet<string>;
  /** Instances that served a part of it only. */
  guests: ReadonlySet<string>;
}

/** Steps that lie wholly in the time looked at. */
function fullSteps(
  { steps, stepMs, until }: Context,
  memberships: readonly Membership[],
): FullStep[] {
  const full: FullStep[] = [];
  for (const [t, sums] of steps) {
    if (t < until - MAX_AGE_MS || t + stepMs > until) continue;
    const sets = memberships
      .filter(({ from, to }) => from < t + stepMs && to > t)
      .map(({ instances }) => instances);
    if (sets.length === 0 || memberships[0].from > t) continue;
    const guests = new Set(sets.flatMap(set => [...set]));
    const members = new Set(
      [...guests].filter(instance => sets.every(set => set.has(instance))),
    );
    for (const member of members) guests.delete(member);
    full.push({ sums, members, guests });
  }
  return full;
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every(instance => b.has(instance));
}

function sharesOf(steps: readonly StepSums[]) {
  let requests = 0;
  let errors = 0;
  let part = 0;
  for (const { all, part: own } of steps) {
    requests += all.requests;
    errors += all.errors;
    part += own.requests;
  }
  return {
    share: requests > 0 ? part / requests : 0,
    errorRate: requests > 0 ? errors / requests : 0,
    requests,
  };
}

/** Weighs each instance by what it handled beside those that served the same whole steps. */
function weighed(
  full: readonly FullStep[],
  now: Membership,
  { isPart, since }: Context & { since: number },
): Baseline | undefined {
  const { requests, errorRate } = sharesOf(full.map(({ sums }) => sums));
  if (requests === 0) return undefined;
  const weights = new Map<string, { own: number; mean: number }>();
  let strangers = 0;
  for (const { sums, members, guests } of full) {
    let ofMembers = 0;
    for (const [instance, counts] of sums.byInstance) {
      if (members.has(instance)) ofMembers += counts.requests;
      else if (!guests.has(instance)) strangers += counts.requests;
    }
    for (const instance of members) {
      const weight = weights.get(instance) ?? { own: 0, mean: 0 };
      weight.own += sums.byInstance.get(instance)?.requests ?? 0;
      weight.mean += ofMembers / members.size;
      weights.set(instance, weight);
    }
  }
  let part = 0;
  let all = 0;
  let assumed = false;
  for (const instance of now.instances) {
    const known = weights.get(instance);
    const weight = known && known.mean > 0 ? known.own / known.mean : 1;
    all += weight;
    if (!isPart(instance)) continue;
    part += weight;
    assumed ||= !known || known.mean === 0;
  }
  const others = strangers / requests;
  return {
    share: all > 0 ? (1 - others) * (part / all) : 0,
    errorRate,
    requests,
    since,
    assumed,
  };
}
