import { isOutage } from '../../database/isOutage';

/** How long to leave a server alone after a failure; senders retry after a second or two. */
const PAUSE_MS = 1000;

/**
 * Closes when a server cannot be used. After a pause, one transaction tries it
 * again; while that one runs, nothing else waits for the server. Any answer of
 * the server opens the gate.
 */
export class OutageGate {
  #pausedUntil: number | undefined;
  #running = 0;
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether a request may wait for a transaction. */
  get isOpen(): boolean {
    if (this.#pausedUntil === undefined) return true;
    return this.#running === 0 && this.#now() >= this.#pausedUntil;
  }

  /** Runs a transaction. */
  async run<T>(transaction: () => Promise<T>): Promise<T> {
    this.#running++;
    try {
      const result = await transaction();
      this.#pausedUntil = undefined;
      return result;
    } catch (error) {
      if (isOutage(error as Error)) this.close();
      else this.#pausedUntil = undefined;
      throw error;
    } finally {
      this.#running--;
    }
  }

  /** Something else noticed that the server cannot be used. */
  close(): void {
    this.#pausedUntil = this.#now() + PAUSE_MS;
  }
}
