/** Pauses that double after each failure, up to a maximum, with jitter so that processes do not retry together. */
export class Backoff {
  readonly #firstMs: number;
  readonly #longestMs: number;
  #failures = 0;

  constructor(options: { firstMs: number; longestMs: number }) {
    this.#firstMs = options.firstMs;
    this.#longestMs = options.longestMs;
  }

  succeed(): void {
    this.#failures = 0;
  }

  /** @returns how long to pause after this failure. */
  failMs(): number {
    const fullMs = Math.min(
      this.#firstMs * 2 ** this.#failures,
      this.#longestMs,
    );
    this.#failures += 1;
    return fullMs / 2 + (Math.random() * fullMs) / 2;
  }
}
