import { setTimeout as sleep } from 'node:timers/promises';

/** A loop sleeps here until somebody calls, or the time is over. A call while it works counts for its next sleep. */
export class WakeUp {
  #called = false;
  #interrupt = new AbortController();

  call(): void {
    this.#called = true;
    this.#interrupt.abort();
  }

  async wait(longestMs: number): Promise<void> {
    if (!this.#called) {
      await sleep(longestMs, undefined, {
        signal: this.#interrupt.signal,
        ref: false,
      }).catch(() => undefined);
    }
    this.#called = false;
    this.#interrupt = new AbortController();
  }
}
