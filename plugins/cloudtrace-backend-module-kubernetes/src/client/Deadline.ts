import { timedOut } from './ClusterCallError';

/**
 * Aborts a call when its time is up or the watches stop. Unlike
 * `AbortSignal.any`, it leaves nothing behind at the signal of the watches,
 * which lives as long as the backend.
 */
export class Deadline {
  readonly #parent: AbortSignal;
  readonly #controller = new AbortController();
  readonly #onAbort = () => this.#controller.abort(this.#parent.reason);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parent: AbortSignal, timeMs: number) {
    this.#parent = parent;
    if (parent.aborted) this.#onAbort();
    else parent.addEventListener('abort', this.#onAbort, { once: true });
    this.restart(timeMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Starts the time again. */
  restart(timeMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#expire(), timeMs);
    this.#timer.unref();
  }

  /** Aborts the call for a reason other than its time. */
  cancel(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /** Releases everything, also what is left of the call. */
  end(): void {
    clearTimeout(this.#timer);
    this.#parent.removeEventListener('abort', this.#onAbort);
    this.#controller.abort();
  }

  #expire() {
    this.#controller.abort(timedOut());
  }
}
