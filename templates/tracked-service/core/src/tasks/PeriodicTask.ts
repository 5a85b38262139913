import type { FastifyBaseLogger } from 'fastify';

/** Background work at intervals. A failure is logged, and the next run starts as usual. */
export class PeriodicTask {
  readonly #options: {
    readonly name: string;
    readonly periodMs: number;
    readonly run: () => Promise<void>;
    readonly logger: FastifyBaseLogger;
  };
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(options: {
    name: string;
    periodMs: number;
    run: () => Promise<void>;
    logger: FastifyBaseLogger;
  }) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => {
      // A run that takes longer than the period must not overlap with the next one.
      this.#running ??= this.#run().finally(() => {
        this.#running = undefined;
      });
    }, this.#options.periodMs).unref();
  }

  /** Resolves when the current run, if any, has ended. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    const { name, run, logger } = this.#options;
    try {
      await run();
    } catch (error) {
      logger.warn({ err: error, task: name }, 'a periodic task failed');
    }
  }
}
