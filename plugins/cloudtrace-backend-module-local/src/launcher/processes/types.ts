/** A process that the fleet started. */
export interface TrackedProcess {
  pid: number;
  /** See `processIdentity`. */
  identity: string;
  /** For logs, e.g. `request-tracker-demo local-i-1f2e`. */
  label: string;
  /** PostgreSQL stops in an orderly but quick way on SIGINT. */
  stopSignal: 'SIGTERM' | 'SIGINT';
}

/** What the launcher tells the reaper. */
export type ReaperMessage =
  | { type: 'track'; process: TrackedProcess }
  | { type: 'untrack'; pid: number }
  | { type: 'dismiss' };
