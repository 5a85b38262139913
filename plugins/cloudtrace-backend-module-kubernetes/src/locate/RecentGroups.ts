/** What was not noted again for this long is forgotten. */
const KEEP_MS = 30 * 60_000;

/**
 * Values in groups, each noted again while it exists: the collector asks for
 * everything in each cycle, but says of nothing that it is gone.
 */
export class RecentGroups<TValue> {
  readonly #groups = new Map<
    string,
    Map<string, { value: TValue; atMs: number }>
  >();

  /** Notes that a value exists. */
  note(group: string, key: string, value: TValue, nowMs: number): void {
    const entries = this.#groups.get(group) ?? new Map();
    this.#groups.set(group, entries);
    entries.set(key, { value, atMs: nowMs });
  }

  has(group: string, key: string, nowMs: number): boolean {
    const entry = this.#groups.get(group)?.get(key);
    return entry !== undefined && nowMs - entry.atMs <= KEEP_MS;
  }

  /** The values of a group, by key. */
  of(group: string, nowMs: number): Map<string, TValue> {
    this.#forget(group, nowMs);
    return new Map(
      [...(this.#groups.get(group) ?? [])].map(([key, { value }]) => [
        key,
        value,
      ]),
    );
  }

  /** The values of all groups. */
  all(nowMs: number): TValue[] {
    return [...this.#groups.keys()].flatMap(group => [
      ...this.of(group, nowMs).values(),
    ]);
  }

  #forget(group: string, nowMs: number) {
    const entries = this.#groups.get(group);
    for (const [key, { atMs }] of entries ?? []) {
      if (nowMs - atMs > KEEP_MS) entries!.delete(key);
    }
    if (entries?.size === 0) this.#groups.delete(group);
  }
}
