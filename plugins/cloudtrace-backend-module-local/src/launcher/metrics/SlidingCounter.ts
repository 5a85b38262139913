/** Counts events per second over the last seconds, in one slot per second. */
export class SlidingCounter {
  readonly #slots: Array<{ second: number; count: number }>;
  readonly #now: () => number;

  constructor(windowSeconds: number, now: () => number = Date.now) {
    this.#slots = Array.from({ length: windowSeconds + 1 }, () => ({
      second: -1,
      count: 0,
    }));
    this.#now = now;
  }

  add(count = 1) {
    const second = Math.floor(this.#now() / 1000);
    const slot = this.#slots[second % this.#slots.length];
    if (slot.second !== second) {
      slot.second = second;
      slot.count = 0;
    }
    slot.count += count;
  }

  /** Events per second over the last whole seconds of the window. */
  perSecond(windowSeconds = this.#slots.length - 1): number {
    const current = Math.floor(this.#now() / 1000);
    let total = 0;
    for (const slot of this.#slots) {
      if (slot.second < current && slot.second >= current - windowSeconds) {
        total += slot.count;
      }
    }
    return total / windowSeconds;
  }
}
