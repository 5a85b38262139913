/**
 * Clocks of a cluster and of the portal may differ a little without a
 * consequence.
 */
const CLOCK_TOLERANCE_MS = 2 * 60_000;

/** A time of the cluster, at the latest now: its clock may be ahead. */
export function untilNow(time: Date, now: Date): Date {
  return time > now ? now : time;
}

/** How far the latest of these times is ahead of now; 0 within the tolerance. */
export function aheadMs(times: Iterable<Date | undefined>, now: Date): number {
  let latestMs = now.getTime();
  for (const time of times) {
    if (time) latestMs = Math.max(latestMs, time.getTime());
  }
  const ahead = latestMs - now.getTime();
  return ahead > CLOCK_TOLERANCE_MS ? ahead : 0;
}
