/** Seconds of quota that a burst may use. */
const BURST_SECONDS = 10;
const MAX_TOKENS = 10_000;

interface Bucket {
  /** Spans left in the bucket; negative after a body that used more. */
  left: number;
  refilledMs: number;
}

/**
 * Limits spans per second and token with a token bucket of ten seconds. A body
 * is admitted while anything is left, and charged when its size is known.
 */
export class SpanRateQuota {
  readonly #buckets = new Map<string, Bucket>();
  readonly #spansPerSecond: number;
  readonly #now: () => number;

  constructor(
    /** 0 disables the quota. */
    spansPerSecond: number,
    now: () => number = Date.now,
  ) {
    this.#spansPerSecond = spansPerSecond;
    this.#now = now;
  }

  /** Seconds until the token may send again; 0 if it may send now. */
  waitSeconds(tokenId: string): number {
    if (this.#spansPerSecond === 0) {
      return 0;
    }
    const { left } = this.#bucket(tokenId);
    return left > 0 ? 0 : (1 - left) / this.#spansPerSecond;
  }

  /** Counts the spans of a body. */
  spend(tokenId: string, spans: number): void {
    if (this.#spansPerSecond > 0) {
      this.#bucket(tokenId).left -= spans;
    }
  }

  #bucket(tokenId: string): Bucket {
    const now = this.#now();
    const full = this.#spansPerSecond * BURST_SECONDS;
    let bucket = this.#buckets.get(tokenId);
    if (!bucket) {
      if (this.#buckets.size >= MAX_TOKENS) {
        this.#buckets.clear();
      }
      bucket = { left: full, refilledMs: now };
      this.#buckets.set(tokenId, bucket);
    }
    const elapsedMs = Math.max(0, now - bucket.refilledMs);
    bucket.left = Math.min(
      full,
      bucket.left + (elapsedMs / 1000) * this.#spansPerSecond,
    );
    bucket.refilledMs = now;
    return bucket;
  }
}
