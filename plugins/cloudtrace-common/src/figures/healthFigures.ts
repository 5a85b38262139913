import type { HealthStatus } from '../openapi';

/** Numbers of a group's targets by the meaning of their state. @public */
export interface TargetCounts {
  healthy: number;
  unhealthy: number;
  /** State `unavailable` or `unknown`: nothing checks whether they respond. */
  notMeasured: number;
  /** State `initial`: not judged yet. */
  starting: number;
  /** State `draining` or `unused`: they get no requests on purpose. */
  outOfService: number;
  /** All targets in the group. */
  total: number;
}

const countOfState: Record<string, keyof TargetCounts> = {
  healthy: 'healthy',
  unhealthy: 'unhealthy',
  initial: 'starting',
  draining: 'outOfService',
  unused: 'outOfService',
};

/** Counts the states of the targets in a group; an unknown state counts as not measured. @public */
export function countTargetStates(
  states: Iterable<string | undefined>,
): TargetCounts {
  const counts: TargetCounts = {
    ...{ healthy: 0, unhealthy: 0, notMeasured: 0, starting: 0 },
    ...{ outOfService: 0, total: 0 },
  };
  for (const state of states) {
    counts[countOfState[state ?? ''] ?? 'notMeasured'] += 1;
    counts.total += 1;
  }
  return counts;
}

/** Adds up counts. @public */
export function sumTargetCounts(all: Iterable<TargetCounts>): TargetCounts {
  const sum = countTargetStates([]);
  for (const counts of all) {
    for (const key of Object.keys(sum) as Array<keyof TargetCounts>) {
      sum[key] += counts[key];
    }
  }
  return sum;
}

/**
 * How many targets should be healthy: the desired capacity behind the group or,
 * if unknown, the targets that are not out of service.
 *
 * @public
 */
export function wantedTargets(
  counts: TargetCounts,
  desired: number | undefined,
): number {
  return desired ?? counts.total - counts.outOfService;
}

/**
 * Judges whether a group serves: `down` without any healthy target, `degraded`
 * with fewer than desired, `unknown` if nothing measures, `empty` if no target
 * is desired.
 *
 * @public
 */
export function healthStatus(
  counts: TargetCounts,
  desired: number | undefined,
): HealthStatus {
  const { healthy, unhealthy, notMeasured } = counts;
  const wanted = wantedTargets(counts, desired);
  if (healthy > 0) {
    const all = healthy >= wanted && unhealthy === 0 && notMeasured === 0;
    return all ? 'healthy' : 'degraded';
  }
  if (notMeasured > 0 && unhealthy === 0) return 'unknown';
  return wanted > 0 || unhealthy > 0 ? 'down' : 'empty';
}

/**
 * The target group to show for a service: one without any healthy target comes
 * before those that serve, then the one that lacks the most targets. Their counts
 * are not added up, because the same instances may be in several groups, and
 * because a worker without pods would vanish beside a large API. Groups that
 * were not read for too long have no figures.
 *
 * @public
 */
export function worstTargetGroup<
  TGroup extends { counts: TargetCounts; desired?: number; unreadMs?: number },
>(groups: readonly TGroup[]): TGroup | undefined {
  return groups
    .filter(({ unreadMs }) => unreadMs === undefined)
    .sort(byNeed)[0];
}

/** Orders groups: those without a healthy target first, then those that lack most. @public */
export function byNeed<
  TGroup extends { counts: TargetCounts; desired?: number },
>(a: TGroup, b: TGroup): number {
  const isDown = ({ counts, desired }: TGroup) =>
    Number(healthStatus(counts, desired) === 'down');
  const missing = ({ counts, desired }: TGroup) =>
    wantedTargets(counts, desired) - counts.healthy;
  return isDown(b) - isDown(a) || missing(b) - missing(a);
}

/**
 * Measured time in which targets were healthy ÷ measured time; `undefined` if
 * nothing was measured. @public
 */
export function availability(time: {
  healthyMs: number;
  observedMs: number;
}): number | undefined {
  return time.observedMs > 0 ? time.healthyMs / time.observedMs : undefined;
}
