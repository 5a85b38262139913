/** A state that a target entered. @public */
export interface TargetStateChange {
  at: Date;
  /** A target state, or `gone`. */
  state: string;
  reasonCode?: string;
  reason?: string;
}

/** A time in which a target was in one state; `to` is absent while it lasts. @public */
export interface TargetInterval {
  from: Date;
  to?: Date;
  /** A target state, `gone`, or `no-data` while nobody looked. */
  state: string;
  reasonCode?: string;
  reason?: string;
}

/** A time in which nobody looked. @public */
export interface ObservationGap {
  from: Date;
  to: Date;
}

/**
 * Cuts the history of a target into intervals within a range.
 *
 * @param changes - Ascending; the last one before the range comes first
 * @param until - End of what is known: now, or when the target was last looked at
 * @public
 */
export function targetIntervals(
  changes: readonly TargetStateChange[],
  gaps: readonly ObservationGap[],
  range: { from: Date; to: Date; until: Date },
): TargetInterval[] {
  const end = new Date(Math.min(+range.to, +range.until));
  const intervals: TargetInterval[] = [];
  changes.forEach((change, i) => {
    const from = new Date(Math.max(+change.at, +range.from));
    const next = changes[i + 1]?.at;
    const to = new Date(Math.min(next ? +next : +end, +end));
    if (from >= to) return;
    intervals.push(...cutOut({ ...withoutTime(change), from, to }, gaps));
  });
  const merged = mergeNeighbours(intervals);
  const last = merged.at(-1);
  // It lasts, or goes on beyond the range.
  if (last && +last.to! === +end) last.to = undefined;
  return merged;
}

function withoutTime({ state, reasonCode, reason }: TargetStateChange) {
  return { state, reasonCode, reason };
}

/** Replaces the parts of an interval that lie in gaps. */
function cutOut(
  interval: TargetInterval & { to: Date },
  gaps: readonly ObservationGap[],
): TargetInterval[] {
  const parts: TargetInterval[] = [];
  let { from } = interval;
  const sorted = [...gaps].sort((a, b) => +a.from - +b.from);
  for (const gap of sorted) {
    const start = new Date(Math.max(+gap.from, +from));
    const end = new Date(Math.min(+gap.to, +interval.to));
    if (start >= end) continue;
    if (start > from) parts.push({ ...interval, from, to: start });
    parts.push({ from: start, to: end, state: 'no-data' });
    from = end;
  }
  if (from < interval.to) parts.push({ ...interval, from });
  return parts;
}

function mergeNeighbours(intervals: TargetInterval[]): TargetInterval[] {
  const merged: TargetInterval[] = [];
  for (const interval of intervals) {
    const last = merged.at(-1);
    if (
      last &&
      last.state === interval.state &&
      last.reasonCode === interval.reasonCode &&
      +last.to! === +interval.from
    ) {
      last.to = interval.to;
      last.reason = interval.reason ?? last.reason;
    } else {
      merged.push({ ...interval });
    }
  }
  return merged;
}

/** States in which a target should answer, and so counts for its availability. */
const judged: ReadonlySet<string> = new Set(['healthy', 'unhealthy']);

/**
 * Observed time and the part of it in which the target was healthy. Time in
 * which it is starting, draining, gone or not looked at does not count.
 *
 * @public
 */
export function availabilityOf(
  intervals: readonly TargetInterval[],
  until: Date,
): { observedMs: number; healthyMs: number } {
  let observedMs = 0;
  let healthyMs = 0;
  for (const { from, to = until, state } of intervals) {
    if (!judged.has(state)) continue;
    const durationMs = Math.max(0, +to - +from);
    observedMs += durationMs;
    if (state === 'healthy') healthyMs += durationMs;
  }
  return { observedMs, healthyMs };
}

const flapWindowMs = 15 * 60_000;
const flapChanges = 4;

/**
 * Whether a target went back and forth between healthy and unhealthy: four
 * changes within 15 minutes.
 *
 * @public
 */
export function isFlapping(changes: readonly TargetStateChange[]): boolean {
  const turns: number[] = [];
  let before: string | undefined;
  for (const { state, at } of changes) {
    if (!judged.has(state)) continue;
    if (before !== undefined && before !== state) turns.push(+at);
    before = state;
  }
  return turns.some(
    (at, i) =>
      i >= flapChanges - 1 && at - turns[i - flapChanges + 1] <= flapWindowMs,
  );
}
