/**
 * Clocks of a cluster and of the portal may differ a little without a
 * consequence.
 */
const CLOCK_TOLERANCE_MS = 60_000;

/**
 * A time on the clock of a cluster.
 *
 * @param clockAheadMs - how far that clock is ahead of ours
 */
export function toClusterTime(time: Date, clockAheadMs: number = 0): Date {
  return new Date(time.getTime() + clockAheadMs);
}

/** A time that a cluster wrote, on our clock. */
export function toOurTime(time: Date, clockAheadMs: number = 0): Date {
  return toClusterTime(time, -clockAheadMs);
}

/** A time of the cluster, at the latest now: its clock may be ahead. */
export function untilNow(time: Date, now: Date): Date {
  return time > now ? now : time;
}

/**
 * How far the clocks of a cluster are ahead of now, or behind if negative; 0
 * within the tolerance. Nodes have clocks of their own: the latest time counts.
 *
 * @param clockAheadMs - of the API server, if known
 */
export function clockDifferenceMs(
  times: Iterable<Date | undefined>,
  now: Date,
  clockAheadMs: number = 0,
): number {
  let differenceMs = clockAheadMs;
  for (const time of times) {
    const aheadMs = time ? time.getTime() - now.getTime() : 0;
    if (aheadMs > CLOCK_TOLERANCE_MS) {
      differenceMs = Math.max(differenceMs, aheadMs);
    }
  }
  return Math.abs(differenceMs) > CLOCK_TOLERANCE_MS ? differenceMs : 0;
}
