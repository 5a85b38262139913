import type { FastifyBaseLogger } from 'fastify';
import { Backoff } from '../bus/Backoff.js';
import type { EventBus } from '../bus/EventBus.js';
import type { NotificationChannel } from '../bus/postgres/NotificationChannel.js';
import { WakeUp } from '../bus/WakeUp.js';
import type { Lease } from './Lease.js';
import { outboxChannel, type Outbox } from './Outbox.js';

const batchSize = 500;
/** A lost notification delays a message by this much at most. */
const pollPeriodMs = 1_000;

export interface OutboxRelayOptions {
  readonly outbox: Outbox;
  readonly bus: EventBus;
  readonly lease: Lease;
  readonly channel: NotificationChannel;
  readonly logger: FastifyBaseLogger;
}

/**
 * Publishes the outbox in its order. One process at a time does it; the others wait for its lease to end.
 *
 * It deletes messages after publishing them. If it dies in between, they are published again, and consumers recognise
 * them: nothing is lost, and nothing counts twice.
 */
export class OutboxRelay {
  readonly #options: OutboxRelayOptions;
  readonly #wakeUp = new WakeUp();
  readonly #backoff = new Backoff({ firstMs: 100, longestMs: 5_000 });
  readonly #stopListening: () => void;
  readonly #running: Promise<void>;
  #closed = false;

  constructor(options: OutboxRelayOptions) {
    this.#options = options;
    this.#stopListening = options.channel.listen(outboxChannel, {
      onMessage: () => this.#wakeUp.call(),
      onReconnect: () => this.#wakeUp.call(),
    });
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wakeUp.call();
    this.#stopListening();
    await this.#running;
    await this.#options.lease.release().catch(() => undefined);
  }

  async #run(): Promise<void> {
    while (!this.#isClosed()) {
      try {
        const published = await this.#publishNext();
        this.#backoff.succeed();
        if (published < batchSize) await this.#wakeUp.wait(pollPeriodMs);
      } catch (error) {
        const pauseMs = this.#backoff.failMs();
        this.#options.logger.warn(
          { err: error, pauseMs },
          'publishing the outbox failed; it is retried',
        );
        await new Promise(resolve => setTimeout(resolve, pauseMs));
      }
    }
  }

  /** A method, because the compiler does not expect another one to change the field meanwhile. */
  #isClosed(): boolean {
    return this.#closed;
  }

  async #publishNext(): Promise<number> {
    const { outbox, bus, lease } = this.#options;
    if (!(await lease.acquire())) return 0;
    const messages = await outbox.read(batchSize);
    if (messages.length === 0) return 0;
    await bus.publish(
      messages.map(({ topic, key, value, headers }) => ({
        topic,
        key,
        value,
        headers,
      })),
    );
    await outbox.delete(messages.map(({ id }) => id));
    return messages.length;
  }
}
