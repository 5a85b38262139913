import {
  availability,
  availabilityOf,
  explainTarget,
  isFlapping,
  targetIntervals,
  type HealthTarget,
  type ObservationGap,
  type PlainReason,
  type TargetInterval,
  type TargetStateName,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { TargetHistoryRow } from './database/readTargetHistory';
import type { DbTargetStateRow } from './database/rows';

/** A range, and until when anything is known of it. */
export interface ObservedRange {
  from: Date;
  to: Date;
  until: Date;
}

/** What the figures of a group need of each of its targets. */
export interface TargetHistory {
  /** Its states, ascending; at least one. */
  rows: TargetHistoryRow[];
  last: TargetHistoryRow;
  /** Whether it is in the group now. */
  present: boolean;
  intervals: TargetInterval[];
  observedMs: number;
  healthyMs: number;
}

/** Cuts the states of a target to the range and sums them up. */
export function toTargetHistory(
  rows: TargetHistoryRow[],
  gaps: ObservationGap[],
  range: ObservedRange,
): TargetHistory {
  const intervals = targetIntervals(rows.map(toChange), gaps, range);
  const last = rows[rows.length - 1];
  return {
    rows,
    last,
    present: last.state !== 'gone',
    intervals,
    ...availabilityOf(intervals, range.until),
  };
}

/** A target as the API answers it. */
export function describeTarget(
  { rows, last, present, intervals, observedMs, healthyMs }: TargetHistory,
  range: ObservedRange,
): HealthTarget {
  const within = rows.filter(({ at }) => at >= range.from);
  return {
    targetId: last.target_key,
    label: last.instance_key ?? last.target_key,
    instanceId: last.instance_key ?? undefined,
    port: last.port ?? undefined,
    zone: last.zone ?? undefined,
    present,
    state: present ? (last.state as TargetStateName) : undefined,
    since: present ? enteredAt(rows).toISOString() : undefined,
    reason: present ? toReason(last) : undefined,
    availability: availability({ healthyMs, observedMs }),
    observedMs,
    transitions: within.filter(
      (change, i) =>
        change.state !== (within[i - 1] ?? rows[0])?.state ||
        (i === 0 && rows[0].from_state !== change.state),
    ).length,
    flapping: isFlapping(rows.map(toChange)),
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

function toChange(row: TargetHistoryRow) {
  return {
    at: row.at,
    state: row.state,
    reasonCode: row.reason_code ?? undefined,
    reason: row.reason ?? undefined,
  };
}

/** When the state now began; a change of the reason alone does not begin a new one. */
function enteredAt(rows: readonly TargetHistoryRow[]): Date {
  let first = rows.length - 1;
  while (first > 0 && rows[first - 1].state === rows[first].state) first -= 1;
  return rows[first].at;
}
