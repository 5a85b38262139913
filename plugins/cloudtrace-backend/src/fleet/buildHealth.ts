import {
  groupBy,
  availability,
  countTargetStates,
  healthStatus,
  judgeZones,
  wantedTargets,
  type HealthCheckSettings,
  type HealthGroup,
  type HealthTarget,
  type HealthZone,
  type ObservationGap,
  type ZoneState,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { TargetHistoryRow } from './database/readTargetHistory';
import type { LostZoneRow } from './database/readLostZones';
import type { DbLinkedResourceRow } from './database/rows';
import { toApiJudgement } from '../http/toApiJudgement';
import { lostTimes, type LostTime } from './lostTimes';
import {
  describeTarget,
  toTargetHistory,
  type TargetHistory,
} from './describeTarget';
import { healthSeries, type DesiredCapacity } from './healthSeries';
import { lastReadAt, type FleetFreshness } from './FleetFreshness';
import { toResourceSummary } from './loadFleet';
import { observedSince } from './observedSince';

/**
 * Maximum number of departed targets in a response. A group that scales often
 * leaves thousands behind.
 */
export const MAX_DEPARTED_TARGETS = 200;

/** Input for the health of one target group. */
export interface HealthInput {
  resource: DbLinkedResourceRow;
  /** States of the group's targets, ascending for each target. */
  states: readonly TargetHistoryRow[];
  /** Periods in which its targets were not read. */
  gaps: ObservationGap[];
  /** Zones that failed and have no target since. */
  lostZones: ReadonlyArray<Pick<LostZoneRow, 'zone' | 'lostAt'>>;
  /** Desired capacity over time, see `capacityBehind`; empty if unknown. */
  desired: readonly DesiredCapacity[];
  range: { from: Date; to: Date };
  now: Date;
  freshness: FleetFreshness;
}

/** Turns the stored states of a target group into the response for the view. Pure. */
export function buildHealthGroup(input: HealthInput): HealthGroup {
  const { resource, now, freshness } = input;
  const until = now < input.range.to ? now : input.range.to;
  const range = { ...input.range, until };
  const gaps = [...input.gaps];
  const seen = lastReadAt(resource.snapshot, 'targets');
  const maxAgeMs = freshness.maxAgeMs(resource.provider, 'targets');
  const isUnread =
    seen !== undefined && until.getTime() - seen.getTime() > maxAgeMs;
  if (isUnread) gaps.push({ from: seen, to: until });

  const all = [...groupBy(input.states, row => row.target_key).values()].map(
    rows => toTargetHistory(rows, gaps, range),
  );
  const present = all.filter(target => target.present);
  const listed = [...present, ...chooseDeparted(all)];
  const counts = countTargetStates(present.map(({ last }) => last.state));
  const desired = input.desired.at(-1)?.value;
  const lost = lostTimes(all, input.lostZones, gaps, range);
  const zones = describeZones(all, input.lostZones, lost);
  const remarks = judgeZones(zones.map(({ state }) => state));
  const status = healthStatus(counts, desired);
  const since = observedSince({
    targets: all,
    firstSeenAt: resource.first_seen_at,
    lastReadAt: seen,
    from: range.from,
  });
  return {
    resource: toResourceSummary(resource, freshness),
    healthCheck: describeCheck(resource.snapshot.healthCheck),
    healthy: counts.healthy,
    total: counts.total,
    desired,
    wanted: wantedTargets(counts, desired),
    // A group with a failed zone is degraded even if other zones carry its
    // load.
    status:
      // A state that has not been read for a while is neither good nor bad.
      (isUnread && 'unknown') ||
      (status === 'healthy' &&
      remarks.some(({ severity }) => severity !== 'info')
        ? 'degraded'
        : status),
    remarks: remarks.map(toApiJudgement),
    availability: availability(sumOfTimes([...all, ...lost])),
    targets: listed
      .map(target => describeTarget(target, range))
      .sort(byUrgency),
    targetsTotal: listed.length < all.length ? all.length : undefined,
    zones: zones.map(({ zone }) => zone),
    series: since
      ? healthSeries({
          targets: all,
          gaps,
          desired: input.desired,
          from: since,
          until,
        })
      : [],
  };
}

/** Of the departed targets, failed ones come before others, and newer before older ones. */
function chooseDeparted(all: readonly TargetHistory[]): TargetHistory[] {
  const departed = all.filter(({ present }) => !present);
  if (departed.length <= MAX_DEPARTED_TARGETS) return departed;
  const failed = new Set(
    departed.filter(({ rows }) =>
      rows.some(({ state }) => state === 'unhealthy'),
    ),
  );
  return departed
    .sort(
      (a, b) =>
        Number(failed.has(b)) - Number(failed.has(a)) ||
        b.last.at.getTime() - a.last.at.getTime(),
    )
    .slice(0, MAX_DEPARTED_TARGETS);
}

const urgency = ['unhealthy', 'unavailable', 'unknown', 'initial', 'draining'];

function byUrgency(a: HealthTarget, b: HealthTarget): number {
  const rank = ({ present, state }: HealthTarget) => {
    if (!present) return urgency.length + 1;
    const index = urgency.indexOf(state!);
    return index < 0 ? urgency.length : index;
  };
  return (
    rank(a) - rank(b) ||
    compare(a.zone ?? '', b.zone ?? '') ||
    compare(a.targetId, b.targetId)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function sumOfTimes(
  times: ReadonlyArray<{ observedMs: number; healthyMs: number }>,
) {
  return {
    observedMs: times.reduce((sum, { observedMs }) => sum + observedMs, 0),
    healthyMs: times.reduce((sum, { healthyMs }) => sum + healthyMs, 0),
  };
}

function describeZones(
  targets: readonly TargetHistory[],
  lostZones: HealthInput['lostZones'],
  lost: readonly LostTime[],
): Array<{ zone: HealthZone; state: ZoneState }> {
  const byZone = groupBy(targets, ({ last }) => last.zone ?? '');
  const names = new Set([
    ...byZone.keys(),
    ...lostZones.map(({ zone }) => zone),
  ]);
  return [...names].sort().map(zone => {
    const own = byZone.get(zone) ?? [];
    const counts = countTargetStates(
      own.filter(({ present }) => present).map(({ last }) => last.state),
    );
    const lostAt = lostZones
      .find(each => each.zone === zone)
      ?.lostAt.toISOString();
    return {
      state: { zone, counts, lostAt },
      zone: {
        zone,
        targets: counts.total,
        healthy: counts.healthy,
        status: lostAt ? 'down' : healthStatus(counts, undefined),
        lostAt,
        availability: availability(
          sumOfTimes([...own, ...lost.filter(each => each.zone === zone)]),
        ),
      },
    };
  });
}

function describeCheck(check: HealthCheckSettings | undefined) {
  return (
    check && {
      ...check,
      unhealthyAfterMs:
        check.unhealthyThreshold * check.intervalMs + check.timeoutMs,
    }
  );
}
