import type { FastifyBaseLogger } from 'fastify';
import { Queue, Worker } from 'bullmq';
import { PeriodicTask } from '../tasks/PeriodicTask.js';
import type { JobCounts, JobQueue, ScheduledJob } from './JobQueue.js';
import type { JobStorage } from './jobStorage.js';

const keptJobs = 100;

export interface BullJobQueueOptions {
  readonly storage: JobStorage;
  readonly queueName: string;
  readonly logger: FastifyBaseLogger;
  /** Attempts of each run, and the pause after the first failure; it doubles. */
  readonly attempts?: number;
  readonly pauseMs?: number;
  /** How often to check for schedules that the storage has lost. */
  readonly restorePeriodMs?: number;
}

/** BullMQ on PostgreSQL or Redis. */
export class BullJobQueue implements JobQueue {
  readonly kind: JobQueue['kind'];
  readonly queue: Queue;
  readonly #options: BullJobQueueOptions;
  #worker: Worker | undefined;
  #restoring: PeriodicTask | undefined;

  constructor(options: BullJobQueueOptions) {
    this.#options = options;
    this.kind = options.storage.kind;
    this.queue = options.storage.open(
      (connection, backend) =>
        new Queue(
          options.queueName,
          { connection, skipWaitingForReady: true },
          backend,
        ),
    );
    this.queue.on('error', error =>
      options.logger.warn({ err: error }, 'the job queue does not respond'),
    );
  }

  async start(
    jobs: readonly ScheduledJob[],
    retired: readonly string[] = [],
  ): Promise<void> {
    await this.#schedule(jobs);
    for (const name of retired) await this.queue.removeJobScheduler(name);
    const byName = new Map(jobs.map(job => [job.name, job]));
    const { storage, queueName, logger } = this.#options;
    this.#worker = storage.open(
      (connection, backend) =>
        new Worker(
          queueName,
          async ({ name }) => {
            // An old worker that restarted during the deployment has scheduled it again.
            if (retired.includes(name)) {
              await this.queue.removeJobScheduler(name);
            } else await runJob(byName.get(name));
          },
          { connection, concurrency: 1 },
          backend,
        ),
    );
    this.#worker.on('error', error =>
      logger.warn({ err: error }, 'the job queue does not respond'),
    );
    this.#worker.on('failed', (job, error) => {
      const { name, attemptsMade } = job ?? {};
      logger.warn({ err: error, job: name, attemptsMade }, 'a job failed');
    });
    this.#restore(jobs);
  }

  async counts(): Promise<JobCounts> {
    const found = await this.queue.getJobCounts(
      'waiting',
      'active',
      'delayed',
      'failed',
    );
    const { waiting = 0, active = 0, delayed = 0, failed = 0 } = found;
    return { waiting, active, delayed, failed };
  }

  async close(): Promise<void> {
    await this.#restoring?.stop();
    await this.#worker?.close();
    await this.queue.close();
    await this.#options.storage.close();
  }

  /** A Redis that restarts without its data has no schedules; without this, none would run until the next deployment. */
  #restore(jobs: readonly ScheduledJob[]): void {
    const { logger, restorePeriodMs = 60_000 } = this.#options;
    this.#restoring = new PeriodicTask({
      name: 'restore the schedules of jobs',
      periodMs: restorePeriodMs,
      logger,
      run: async () => {
        const found = await this.queue.getJobSchedulers();
        const known = new Set(found.map(({ key }) => key));
        await this.#schedule(jobs.filter(({ name }) => !known.has(name)));
      },
    });
    this.#restoring.start();
  }

  async #schedule(jobs: readonly ScheduledJob[]): Promise<void> {
    const { attempts = 5, pauseMs = 1_000 } = this.#options;
    for (const { name, schedule } of jobs) {
      await this.queue.upsertJobScheduler(name, schedule, {
        name,
        opts: {
          attempts,
          backoff: { type: 'exponential', delay: pauseMs },
          removeOnComplete: { count: keptJobs },
          removeOnFail: { count: keptJobs },
        },
      });
    }
  }
}

async function runJob(job: ScheduledJob | undefined): Promise<void> {
  // During a deployment, an old worker may get a new job; a worker of the new release runs it at the next attempt.
  if (!job) throw new Error('This release does not know the job');
  await job.run();
}
