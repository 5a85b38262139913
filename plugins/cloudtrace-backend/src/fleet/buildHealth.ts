import {
  availabilityOf,
  explainTarget,
  isFlapping,
  targetIntervals,
  type HealthCheckSettings,
  type HealthGroup,
  type HealthPoint,
  type HealthTarget,
  type HealthTransition,
  type HealthZone,
  type ObservationGap,
  type PlainReason,
  type TargetInterval,
  type TargetStateName,
} from '@cloudtrace/plugin-cloudtrace-common';
import type {
  DbCapacityRow,
  DbLinkedResourceRow,
  DbTargetStateRow,
} from '../database/operations/fleet/rows';
import { toResourceSummary } from './loadFleet';

/** What the health of one target group is made from. */
export interface HealthInput {
  resource: DbLinkedResourceRow;
  /** States of the group's targets, ascending for each target. */
  states: DbTargetStateRow[];
  gaps: ObservationGap[];
  /** Desired capacity over time, summed over the entity's groups; empty if not known. */
  desired: Array<{ at: Date; value: number }>;
  range: { from: Date; to: Date };
  now: Date;
  gapMs: number;
}

/** Turns the stored states of a target group into the answer of the view. Pure. */
export function buildHealthGroup(input: HealthInput): HealthGroup {
  const { resource, range, now, gapMs } = input;
  const until = now < range.to ? now : range.to;
  const gaps = [...input.gaps];
  const seen = resource.observed_at;
  if (seen && +until - +seen > gapMs) gaps.push({ from: seen, to: until });

  const byTarget = new Map<string, DbTargetStateRow[]>();
  for (const row of input.states) {
    const rows = byTarget.get(row.target_key) ?? [];
    byTarget.set(row.target_key, [...rows, row]);
  }
  const described = [...byTarget.values()].map(rows =>
    describeTarget(rows, gaps, { ...range, until }),
  );
  const targets = described.map(({ target }) => target).sort(byUrgency);
  const present = targets.filter(target => target.present);
  const sums = sumAvailability(described, until);
  const desired = input.desired.at(-1)?.value;
  return {
    resource: toResourceSummary(resource, gapMs),
    healthCheck: describeCheck(resource.snapshot.healthCheck),
    healthy: present.filter(({ state }) => state === 'healthy').length,
    total: present.length,
    desired,
    availability: sums.all,
    targets,
    zones: zonesOf(targets, sums.byZone),
    series: healthSeries(described, input.desired, range.from, until),
  };
}

/** Changes of state within the range, newest first. */
export function buildTransitions(
  resource: DbLinkedResourceRow,
  states: readonly DbTargetStateRow[],
  range: { from: Date; to: Date },
): HealthTransition[] {
  return states
    .filter(row => row.at >= range.from && row.state !== row.from_state)
    .map(row => ({
      at: row.at.toISOString(),
      resourceId: resource.external_id,
      targetId: row.target_key,
      instanceId: row.instance_key ?? undefined,
      zone: row.zone ?? undefined,
      from: row.from_state ?? undefined,
      to: row.state,
      reason: toReason(row),
    }))
    .sort((a, b) => b.at.localeCompare(a.at));
}

interface DescribedTarget {
  target: HealthTarget;
  intervals: TargetInterval[];
}

function describeTarget(
  rows: DbTargetStateRow[],
  gaps: ObservationGap[],
  range: { from: Date; to: Date; until: Date },
): DescribedTarget {
  const changes = rows.map(row => ({
    at: row.at,
    state: row.state,
    reasonCode: row.reason_code ?? undefined,
    reason: row.reason ?? undefined,
  }));
  const intervals = targetIntervals(changes, gaps, range);
  const last = rows[rows.length - 1];
  const present = last.state !== 'gone';
  const within = changes.filter(({ at }) => at >= range.from);
  const { observedMs, healthyMs } = availabilityOf(intervals, range.until);
  // A change of the reason alone does not begin a new state.
  let since = last.at;
  for (const row of [...rows].reverse()) {
    if (row.state !== last.state) break;
    since = row.at;
  }
  return {
    intervals,
    target: {
      targetId: last.target_key,
      label: last.instance_key ?? last.target_key,
      instanceId: last.instance_key ?? undefined,
      port: last.port ?? undefined,
      zone: last.zone ?? undefined,
      present,
      state: present ? (last.state as TargetStateName) : undefined,
      since: present ? since.toISOString() : undefined,
      reason: present ? toReason(last) : undefined,
      availability: observedMs > 0 ? healthyMs / observedMs : undefined,
      observedMs,
      transitions: within.filter(
        (change, i) =>
          change.state !== (within[i - 1] ?? rows[0])?.state ||
          (i === 0 && rows[0].from_state !== change.state),
      ).length,
      flapping: isFlapping(changes),
      intervals: intervals.map(interval => ({
        from: interval.from.toISOString(),
        to: interval.to?.toISOString(),
        state: interval.state as HealthTarget['intervals'][number]['state'],
        reason:
          interval.state === 'healthy' || interval.state === 'no-data'
            ? undefined
            : toReason({
                state: interval.state,
                reason_code: interval.reasonCode ?? null,
                reason: interval.reason ?? null,
              }),
      })),
    },
  };
}

/** A reason in words beside its code. */
export function toReason(
  row: Pick<DbTargetStateRow, 'state' | 'reason_code' | 'reason'>,
): PlainReason {
  return {
    ...explainTarget({
      state: row.state,
      reasonCode: row.reason_code ?? undefined,
      reason: row.reason ?? undefined,
    }),
    code: row.reason_code ?? undefined,
    vendorText: row.reason ?? undefined,
  };
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
    (a.zone ?? '').localeCompare(b.zone ?? '') ||
    a.targetId.localeCompare(b.targetId)
  );
}

function sumAvailability(described: DescribedTarget[], until: Date) {
  const zones = new Map<string, { observedMs: number; healthyMs: number }>();
  const all = { observedMs: 0, healthyMs: 0 };
  for (const { target, intervals } of described) {
    const part = availabilityOf(intervals, until);
    const zone = zones.get(target.zone ?? '') ?? {
      observedMs: 0,
      healthyMs: 0,
    };
    for (const sum of [zone, all]) {
      sum.observedMs += part.observedMs;
      sum.healthyMs += part.healthyMs;
    }
    zones.set(target.zone ?? '', zone);
  }
  const ratio = (sum: typeof all | undefined) =>
    sum && sum.observedMs > 0 ? sum.healthyMs / sum.observedMs : undefined;
  return { all: ratio(all), byZone: (zone: string) => ratio(zones.get(zone)) };
}

function zonesOf(
  targets: HealthTarget[],
  availability: (zone: string) => number | undefined,
): HealthZone[] {
  const zones = [...new Set(targets.map(({ zone }) => zone ?? ''))].sort();
  return zones.map(zone => {
    const own = targets.filter(t => (t.zone ?? '') === zone && t.present);
    return {
      zone,
      targets: own.length,
      healthy: own.filter(({ state }) => state === 'healthy').length,
      availability: availability(zone),
    };
  });
}

/** Counts at every moment at which one of them changes, and at both ends. */
function healthSeries(
  described: DescribedTarget[],
  desired: HealthInput['desired'],
  from: Date,
  until: Date,
): HealthPoint[] {
  const changes = new Map<number, { healthy: number; total: number }>();
  const change = (at: number, healthy: number, total: number) => {
    const sum = changes.get(at) ?? { healthy: 0, total: 0 };
    sum.healthy += healthy;
    sum.total += total;
    changes.set(at, sum);
  };
  for (const { intervals } of described) {
    for (const interval of intervals) {
      if (interval.state === 'gone' || interval.state === 'no-data') continue;
      const healthy = interval.state === 'healthy' ? 1 : 0;
      change(+interval.from, healthy, 1);
      if (interval.to) change(+interval.to, -healthy, -1);
    }
  }
  const times = new Set([
    +from,
    ...changes.keys(),
    ...desired.map(({ at }) => Math.max(+at, +from)),
    +until,
  ]);
  let healthy = 0;
  let total = 0;
  // Both lists ascend, so that each change is looked at once.
  let next = 0;
  return [...times]
    .filter(t => t >= +from && t <= +until)
    .sort((a, b) => a - b)
    .map(t => {
      const step = changes.get(t);
      healthy += step?.healthy ?? 0;
      total += step?.total ?? 0;
      while (next < desired.length && +desired[next].at <= t) next += 1;
      return {
        t: new Date(t).toISOString(),
        healthy,
        total,
        desired: desired[next - 1]?.value,
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

/** The sum of the groups' desired capacities over time. */
export function sumDesired(
  rows: readonly DbCapacityRow[],
): HealthInput['desired'] {
  const now = new Map<number, number>();
  return [...rows]
    .sort((a, b) => +a.at - +b.at)
    .map(row => {
      now.set(row.resource_id, row.desired);
      const value = [...now.values()].reduce((a, b) => a + b, 0);
      return { at: row.at, value };
    });
}
