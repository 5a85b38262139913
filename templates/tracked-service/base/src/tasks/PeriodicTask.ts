import type { FastifyBaseLogger } from 'fastify';

/** Something that the service does now and then beside answering; a failure is logged and the next run comes all the same. */
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
      // A run that takes longer than the period must not meet itself.
      this.#running ??= this.#run().finally(() => {
        this.#running = undefined;
      });
    }, this.#options.periodMs).unref();
  }

  /** Resolves when the run at hand, if any, has ended. */
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
