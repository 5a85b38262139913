import type { Queue } from 'bullmq';

/** Work on a schedule. */
export interface ScheduledJob {
  readonly name: string;
  /** A time in UTC, such as `10 3 * * *`, or a period. */
  readonly schedule: { readonly pattern: string } | { readonly every: number };
  run(): Promise<void>;
}

export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

/** Scheduled jobs, of which one worker at a time runs each. */
export interface JobQueue {
  readonly kind: 'postgresql' | 'redis';
  /** The queue, for its board. */
  readonly queue: Queue;
  /**
   * Schedules these jobs and runs them here and in other workers. Ends the schedules of retired jobs; any other one may
   * belong to a newer release, beside which this one runs during a deployment.
   */
  start(
    jobs: readonly ScheduledJob[],
    retired?: readonly string[],
  ): Promise<void>;
  counts(): Promise<JobCounts>;
  close(): Promise<void>;
}
