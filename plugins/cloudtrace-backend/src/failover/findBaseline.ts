import type { Membership } from './memberships';
import type { StepSums } from './requestSteps';

/** The traffic before a failure. */
export interface Baseline {
  /** The failed part's share of all requests. */
  share: number;
  errorRate: number;
  /** Number of requests behind these figures. */
  requests: number;
  /** When the failed part was first there. */
  since: number;
  /** Whether an instance was too new to measure, so that an average share was assumed. */
  assumed: boolean;
}

/** How far back the baseline reaches. */
const MAX_AGE_MS = 20 * 60_000;
const MIN_REQUESTS = 20;

interface Context {
  steps: ReadonlyMap<number, StepSums>;
  stepMs: number;
  memberships: readonly Membership[];
  isPart: (instance: string) => boolean;
  /** From this time on, the failed part no longer serves. */
  detectedAt: number;
  /** When the failure began as far as known: later requests are not part of the baseline. */
  until: number;
}

/**
 * Measures the traffic while exactly those instances served that served when
 * one of them failed. If that time is too short for the step width, it
 * estimates the share from what each instance handled relative to the others
 * before. Returns `undefined` if the failed part is not among the instances or
 * there are no requests.
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
  /** Instances that served during the whole step. */
  members: ReadonlySet<string>;
  /** Instances that served during a part of it. */
  guests: ReadonlySet<string>;
}

/** Returns the steps that lie completely within the baseline period. */
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

/**
 * Weights each instance by its requests relative to the others that served in
 * the same complete steps.
 */
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
