/** A state that a target entered. @public */
export interface TargetStateChange {
  at: Date;
  /** A target state, or `gone`. */
  state: string;
  reasonCode?: string;
  reason?: string;
}

/** A time in which a target was in one state; `to` is absent while it is ongoing. @public */
export interface TargetInterval {
  from: Date;
  to?: Date;
  /** A target state, `gone`, or `no-data` while nothing polled it. */
  state: string;
  reasonCode?: string;
  reason?: string;
}

/** A time in which nothing polled. @public */
export interface ObservationGap {
  from: Date;
  to: Date;
}

/**
 * Cuts the history of a target into intervals within a range.
 *
 * @param changes - Ascending; the last one before the range comes first
 * @param until - End of the known history: now, or the last poll of the target
 * @public
 */
export function targetIntervals(
  changes: readonly TargetStateChange[],
  gaps: readonly ObservationGap[],
  range: { from: Date; to: Date; until: Date },
): TargetInterval[] {
  // Numbers instead of dates: this runs for thousands of targets, and comparing
  // dates is slow.
  const begin = range.from.getTime();
  const end = Math.min(range.to.getTime(), range.until.getTime());
  const intervals: TargetInterval[] = [];
  const sorted = [...gaps].sort((a, b) => a.from.getTime() - b.from.getTime());
  changes.forEach((change, i) => {
    const from = Math.max(change.at.getTime(), begin);
    const to = Math.min(changes[i + 1]?.at.getTime() ?? end, end);
    if (from >= to) return;
    const interval = {
      ...withoutTime(change),
      from: new Date(from),
      to: new Date(to),
    };
    if (sorted.length === 0) intervals.push(interval);
    else intervals.push(...cutOut(interval, sorted));
  });
  const merged = mergeNeighbours(intervals);
  const last = merged.at(-1);
  // It is ongoing, or continues beyond the range.
  if (last && last.to!.getTime() === end) last.to = undefined;
  return merged;
}

function withoutTime({ state, reasonCode, reason }: TargetStateChange) {
  return { state, reasonCode, reason };
}

/** Replaces the parts of an interval that are in gaps, which ascend. */
function cutOut(
  interval: TargetInterval & { to: Date },
  gaps: readonly ObservationGap[],
): TargetInterval[] {
  const parts: TargetInterval[] = [];
  let { from } = interval;
  for (const gap of gaps) {
    const start = new Date(Math.max(gap.from.getTime(), from.getTime()));
    const end = new Date(Math.min(gap.to.getTime(), interval.to.getTime()));
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
      last.to!.getTime() === interval.from.getTime()
    ) {
      last.to = interval.to;
      last.reason = interval.reason ?? last.reason;
    } else {
      merged.push({ ...interval });
    }
  }
  return merged;
}

/** States in which a target should respond, and so count for its availability. */
const judged: ReadonlySet<string> = new Set(['healthy', 'unhealthy']);

/**
 * Observed time, and the part of it in which the target was healthy. Time in
 * which it is starting, draining, gone or not polled does not count.
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
    const durationMs = Math.max(0, to.getTime() - from.getTime());
    observedMs += durationMs;
    if (state === 'healthy') healthyMs += durationMs;
  }
  return { observedMs, healthyMs };
}

const FLAP_WINDOW_MS = 15 * 60_000;
const FLAP_CHANGES = 4;

/**
 * Whether a target alternated between healthy and unhealthy: four changes
 * within 15 minutes.
 *
 * @public
 */
export function isFlapping(changes: readonly TargetStateChange[]): boolean {
  const turns: number[] = [];
  let before: string | undefined;
  for (const { state, at } of changes) {
    if (!judged.has(state)) continue;
    if (before !== undefined && before !== state) turns.push(at.getTime());
    before = state;
  }
  return turns.some(
    (at, i) =>
      i >= FLAP_CHANGES - 1 &&
      at - turns[i - FLAP_CHANGES + 1] <= FLAP_WINDOW_MS,
  );
}
