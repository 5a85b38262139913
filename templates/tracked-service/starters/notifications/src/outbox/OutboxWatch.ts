import { metrics } from '@opentelemetry/api';
import type { FastifyBaseLogger } from 'fastify';
import type { Outbox } from './Outbox.js';

const lateSeconds = 60;

/** Also reported by the API: while no worker runs, nobody else does. */
const outboxAge = metrics
  .getMeter('notifications')
  .createObservableGauge('outbox.oldest.age', {
    description: 'Age of the oldest event that is not published yet',
    unit: 's',
  });

/** Notices that events stay in the outbox: no worker runs, or it cannot reach the event bus. */
export class OutboxWatch {
  readonly #outbox: Pick<Outbox, 'oldestSeconds'>;
  readonly #logger: FastifyBaseLogger;
  #isLate = false;

  constructor(options: {
    outbox: Pick<Outbox, 'oldestSeconds'>;
    logger: FastifyBaseLogger;
  }) {
    this.#outbox = options.outbox;
    this.#logger = options.logger;
  }

  /** @throws Error if an event has waited for too long. */
  async check(): Promise<void> {
    const waitedSeconds = (await this.#outbox.oldestSeconds()) ?? 0;
    if (waitedSeconds <= lateSeconds) return;
    throw new Error(
      `An event has waited ${Math.round(waitedSeconds)} s to be published: no worker runs, or it cannot reach the event bus`,
    );
  }

  /** Logs when events begin to wait for too long, and when they do not any more. */
  async report(): Promise<void> {
    const waitedSeconds = (await this.#outbox.oldestSeconds()) ?? 0;
    const isLate = waitedSeconds > lateSeconds;
    if (isLate && !this.#isLate) {
      this.#logger.warn(
        { waitedSeconds },
        'events wait to be published: no worker runs, or it cannot reach the event bus',
      );
    }
    if (!isLate && this.#isLate) {
      this.#logger.info('events are published again');
    }
    this.#isLate = isLate;
  }

  /** Exports the age with the metrics; while it is unknown, nothing. @returns stops it */
  observe(): () => void {
    const observe: Parameters<typeof outboxAge.addCallback>[0] = async result =>
      result.observe((await this.#outbox.oldestSeconds()) ?? 0);
    outboxAge.addCallback(observe);
    return () => outboxAge.removeCallback(observe);
  }
}
