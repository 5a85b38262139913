import type {
  HealthCheckSettings,
  HealthGroup,
  HealthTarget,
  HealthZone,
  ObservationGap,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { TargetHistoryRow } from '../database/operations/fleet/readTargetHistory';
import type { DbLinkedResourceRow } from '../database/operations/fleet/rows';
import { groupRows } from './groupRows';
import {
  describeTarget,
  toTargetHistory,
  type TargetHistory,
} from './describeTarget';
import { healthSeries, type DesiredCapacity } from './healthSeries';
import { toResourceSummary } from './loadFleet';

/** Most targets in an answer that have left their group: a group that scales a lot leaves thousands behind. */
export const maxDepartedTargets = 200;

/** What the health of one target group is made from. */
export interface HealthInput {
  resource: DbLinkedResourceRow;
  /** States of the group's targets, ascending for each target. */
  states: readonly TargetHistoryRow[];
  gaps: ObservationGap[];
  /** Desired capacity over time, summed over the entity's groups; empty if not known. */
  desired: readonly DesiredCapacity[];
  range: { from: Date; to: Date };
  now: Date;
  gapMs: number;
}

/** Turns the stored states of a target group into the answer of the view. Pure. */
export function buildHealthGroup(input: HealthInput): HealthGroup {
  const { resource, now, gapMs } = input;
  const until = now < input.range.to ? now : input.range.to;
  const range = { ...input.range, until };
  const gaps = [...input.gaps];
  const seen = resource.observed_at;
  if (seen && +until - +seen > gapMs) gaps.push({ from: seen, to: until });

  const all = [...groupRows(input.states, row => row.target_key).values()].map(
    rows => toTargetHistory(rows, gaps, range),
  );
  const present = all.filter(target => target.present);
  const listed = [...present, ...chooseDeparted(all)];
  return {
    resource: toResourceSummary(resource, gapMs),
    healthCheck: describeCheck(resource.snapshot.healthCheck),
    healthy: present.filter(({ last }) => last.state === 'healthy').length,
    total: present.length,
    desired: input.desired.at(-1)?.value,
    availability: availabilityOfAll(all),
    targets: listed
      .map(target => describeTarget(target, range))
      .sort(byUrgency),
    targetsTotal: listed.length < all.length ? all.length : undefined,
    zones: zonesOf(all),
    series: healthSeries(all, input.desired, range.from, until),
  };
}

/** Of those that left, the ones that failed before others, and newer before older ones. */
function chooseDeparted(all: readonly TargetHistory[]): TargetHistory[] {
  const departed = all.filter(({ present }) => !present);
  if (departed.length <= maxDepartedTargets) return departed;
  const failed = new Set(
    departed.filter(({ rows }) =>
      rows.some(({ state }) => state === 'unhealthy'),
    ),
  );
  return departed
    .sort(
      (a, b) =>
        Number(failed.has(b)) - Number(failed.has(a)) ||
        +b.last.at - +a.last.at,
    )
    .slice(0, maxDepartedTargets);
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

function availabilityOfAll(
  targets: readonly TargetHistory[],
): number | undefined {
  const sum = (pick: (target: TargetHistory) => number) =>
    targets.reduce((total, target) => total + pick(target), 0);
  const observedMs = sum(target => target.observedMs);
  return observedMs > 0
    ? sum(target => target.healthyMs) / observedMs
    : undefined;
}

function zonesOf(targets: readonly TargetHistory[]): HealthZone[] {
  const byZone = groupRows(targets, ({ last }) => last.zone ?? '');
  return [...byZone.keys()].sort().map(zone => {
    const own = byZone.get(zone)!;
    const present = own.filter(target => target.present);
    return {
      zone,
      targets: present.length,
      healthy: present.filter(({ last }) => last.state === 'healthy').length,
      availability: availabilityOfAll(own),
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
