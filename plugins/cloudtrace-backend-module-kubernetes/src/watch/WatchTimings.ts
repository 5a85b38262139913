/** Intervals of watches, adjustable for tests. */
export interface WatchTimings {
  /** First wait after a failure; doubles with each further one. */
  retryMs: number;
  maxRetryMs: number;
  /** Time to get the start of a response. */
  connectMs: number;
  /**
   * How long one watch lasts, up to half longer at random. Its end confirms
   * that nothing was missed, which also shows a silent failure.
   */
  watchSeconds: number;
  /** The same for a watch after one that failed or broke: it ends soon, to confirm soon. */
  doubtfulWatchSeconds: number;
  /** How much later than expected a watch may end before it counts as hung. */
  silenceGraceMs: number;
  /** A watch that ends sooner without an event confirms nothing and is followed by a wait. */
  shortWatchMs: number;
  /**
   * How often to check whether a missing API was installed; confirms meanwhile
   * that it is not.
   */
  notInstalledMs: number;
}

/** A watch that works confirms its kind at least this often. */
export const CONFIRM_MS = 90_000;

/** The intervals in production. */
export const defaultTimings: WatchTimings = {
  retryMs: 1_000,
  maxRetryMs: 60_000,
  connectMs: 30_000,
  watchSeconds: 60,
  doubtfulWatchSeconds: 4,
  silenceGraceMs: 15_000,
  shortWatchMs: 1_000,
  notInstalledMs: 60_000,
};
