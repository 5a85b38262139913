/**
 * Runs synchronous work piece by piece in order of arrival, and lets the event
 * loop turn in between.
 *
 * Many bodies become readable in one turn of the event loop. If they were
 * decoded as they come, they would block it for their total time: responses of
 * the database would wait, the next transaction would start late, and so would
 * everything else in the backend.
 */
export class FairTurns {
  readonly #waiting: (() => void)[] = [];
  #scheduled = false;
  readonly #maxRoundMs: number;

  /**
   * @param maxRoundMs - After this time, no further piece starts in the same
   * turn of the event loop
   */
  constructor(maxRoundMs: number) {
    this.#maxRoundMs = maxRoundMs;
  }

  /** Runs the work when its turn comes; resolves or rejects with its result. */
  run<T>(work: () => T | Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => this.#round());
    }
  }

  #round(): void {
    this.#scheduled = false;
    const until = performance.now() + this.#maxRoundMs;
    do {
      this.#waiting.shift()!();
    } while (this.#waiting.length > 0 && performance.now() < until);
    if (this.#waiting.length > 0) {
      this.#schedule();
    }
  }
}
