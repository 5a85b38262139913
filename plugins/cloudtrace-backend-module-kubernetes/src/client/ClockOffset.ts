/**
 * How little an estimate may differ from what is known without a change. Times
 * would move with each request otherwise, and stored activities with them.
 */
const TOLERANCE_MS = 5_000;
/** A response this slow says too little about the time. */
const MAX_UNCERTAIN_MS = 10_000;

/** How far the clock of a cluster is ahead of ours, from the dates of its responses. */
export class ClockOffset {
  #aheadMs: number | undefined;

  /** 0 for a difference without consequence; undefined before the first response. */
  get aheadMs(): number | undefined {
    return this.#aheadMs;
  }

  /**
   * Notes a response.
   *
   * @param date - header that drops the milliseconds
   */
  note(date: string | null, sentMs: number, receivedMs: number): void {
    const atMs = Date.parse(date ?? '');
    if (Number.isNaN(atMs) || receivedMs - sentMs > MAX_UNCERTAIN_MS) return;
    const leastMs = atMs - receivedMs;
    const mostMs = atMs + 1_000 - sentMs;
    const knownMs = this.#aheadMs ?? 0;
    const isKnown =
      knownMs >= leastMs - TOLERANCE_MS && knownMs <= mostMs + TOLERANCE_MS;
    this.#aheadMs = isKnown ? knownMs : Math.round((leastMs + mostMs) / 2);
  }
}
