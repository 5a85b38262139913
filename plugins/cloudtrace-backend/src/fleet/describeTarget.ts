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

/** A range, and the time up to which data exists. */
export interface ObservedRange {
  from: Date;
  to: Date;
  until: Date;
}

/** Data of a target that the figures of its group need. */
export interface TargetHistory {
  /** Its states, ascending; at least one. */
  rows: TargetHistoryRow[];
  last: TargetHistoryRow;
  /** Whether it is in the group at the end of the range. */
  present: boolean;
  intervals: TargetInterval[];
  observedMs: number;
  healthyMs: number;
}

/** Clips the states of a target to the range and adds them up. */
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

/** A target as the API returns it. */
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

/** The reason in words, if it says more than its code. */
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

/** When the current state began. A change of only the reason does not begin a new state. */
function enteredAt(rows: readonly TargetHistoryRow[]): Date {
  let first = rows.length - 1;
  while (first > 0 && rows[first - 1].state === rows[first].state) first -= 1;
  return rows[first].at;
}
