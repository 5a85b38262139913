import type { LiveReader } from './LiveReader.js';
import type { LiveSubscription } from './types.js';

/**
 * Sends one client its events: reads from the database what comes after the last one, sends it, and waits for the client
 * before it reads on. So at most one batch per client is in memory, and each event is sent once and in order.
 */
export class Feed {
  readonly subscription: LiveSubscription;
  readonly #reader: LiveReader;
  #lastEventId: number;
  #running: Promise<void> | undefined;
  #woken = false;
  #closed = false;

  constructor(subscription: LiveSubscription, reader: LiveReader) {
    this.subscription = subscription;
    this.#reader = reader;
    this.#lastEventId = subscription.lastEventId;
  }

  get lastEventId(): number {
    return this.#lastEventId;
  }

  /** There may be new events. Rejects if the client does not read, or the database does not respond. */
  wake(): Promise<void> {
    this.#woken = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  close(): void {
    this.#closed = true;
  }

  async #run(): Promise<void> {
    const { userId, connection } = this.subscription;
    while (this.#woken && !this.#closed) {
      this.#woken = false;
      const events = await this.#reader.readAfter(userId, this.#lastEventId);
      const last = events.at(-1);
      if (!last) continue;
      await connection.send(events);
      this.#lastEventId = last.eventId;
      // There may be more than fits into one batch.
      this.#woken = true;
    }
  }
}
