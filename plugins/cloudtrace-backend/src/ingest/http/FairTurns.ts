/**
 * Runs synchronous work piece by piece, in the order of asking, and lets the
 * event loop go round in between.
 *
 * Many bodies become readable in one round of the event loop. Decoded as they
 * come, they hold it up for all their times together: answers of the database
 * wait, the next transaction starts late, and so does everything else in the
 * backend.
 */
export class FairTurns {
  readonly #waiting: (() => void)[] = [];
  #scheduled = false;
  readonly #maxRoundMs: number;

  /**
   * @param maxRoundMs - No further piece is begun in a round of the event loop
   * after this time
   */
  constructor(maxRoundMs: number) {
    this.#maxRoundMs = maxRoundMs;
  }

  /** Runs the work when its turn comes; resolves, or rejects, with what it does. */
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
