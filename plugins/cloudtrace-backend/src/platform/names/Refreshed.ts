import type { LoggerService } from '@backstage/backend-plugin-api';

/** How long to leave a source alone after a failure. */
const RETRY_MS = 5_000;

/** How a value is read, and how long it is good for. */
export interface RefreshedOptions<T> {
  read: () => Promise<T>;
  /** From this age on, a use reads it again in the background. */
  freshMs: number;
  /** From this age on, a use waits for the new value. */
  maxMs: number;
  /** Whether an old value holds if it cannot be read again. */
  keepsLast: boolean;
  /** For the log: "Could not read …". */
  what: string;
  logger: LoggerService;
  now?: () => number;
}

/** A value that is read again in the background while it is used. */
export class Refreshed<T> {
  readonly #options: RefreshedOptions<T>;
  readonly #now: () => number;
  #value: T | undefined;
  /** When the reading of the value began. */
  #readAt = -Infinity;
  #failedAt = -Infinity;
  #running: Promise<T> | undefined;

  constructor(options: RefreshedOptions<T>) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** The value, if no use has to wait for it. */
  get current(): T | undefined {
    const age = this.#now() - this.#readAt;
    if (age >= this.#options.maxMs) return undefined;
    if (age >= this.#options.freshMs) this.refreshIfOlder(0);
    return this.#value;
  }

  /** @throws what reading throws, unless an older value holds */
  async get(): Promise<T> {
    const { current } = this;
    if (current !== undefined) return current;
    const { keepsLast } = this.#options;
    const failedJustNow = this.#now() - this.#failedAt < RETRY_MS;
    if (keepsLast && this.#value !== undefined && failedJustNow) {
      return this.#value;
    }
    try {
      return await this.#read();
    } catch (error) {
      if (keepsLast && this.#value !== undefined) return this.#value;
      throw error;
    }
  }

  /** Reads the value again in the background if it is older than this. */
  refreshIfOlder(ms: number): void {
    const now = this.#now();
    if (now - this.#readAt < ms || now - this.#failedAt < RETRY_MS) return;
    this.#read().catch(() => undefined);
  }

  /** The next use reads the value again. */
  forget(): void {
    this.#readAt = -Infinity;
    this.#running = undefined;
  }

  #read(): Promise<T> {
    if (this.#running) return this.#running;
    const began = this.#now();
    const running = this.#options
      .read()
      .then(
        value => {
          // A value that was forgotten meanwhile is not current.
          if (this.#running === running) {
            this.#value = value;
            this.#readAt = began;
          }
          return value;
        },
        error => {
          this.#failedAt = this.#now();
          this.#options.logger.warn(
            `Could not read ${this.#options.what}`,
            error as Error,
          );
          throw error;
        },
      )
      .finally(() => {
        if (this.#running === running) this.#running = undefined;
      });
    this.#running = running;
    return running;
  }
}
