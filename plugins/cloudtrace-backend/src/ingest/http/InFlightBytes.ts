/** Counts the bytes of bodies that are being read or decoded, up to a limit. */
export class InFlightBytes {
  #used = 0;

  constructor(readonly max: number) {}

  get used(): number {
    return this.#used;
  }

  /** Reserves bytes; returns whether enough were left. */
  take(bytes: number): boolean {
    if (this.#used + bytes > this.max) {
      return false;
    }
    this.#used += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#used -= bytes;
  }
}
