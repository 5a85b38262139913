/** Events of a cluster live for an hour by default. */
const KEEP_MS = 2 * 3_600_000;
const MAX_ENTRIES = 50_000;

/**
 * Remembers to which owner deleted pods and revisions belonged, so that their
 * last events, which often arrive after the deletion, reach the workload.
 */
export class GonePods {
  readonly #ownerOf = new Map<string, { owner: string; atMs: number }>();
  readonly #byOwner = new Map<string, Set<string>>();

  remember(uid: string, owner: string, atMs: number): void {
    this.#ownerOf.delete(uid);
    this.#ownerOf.set(uid, { owner, atMs });
    const uids = this.#byOwner.get(owner);
    if (uids) uids.add(uid);
    else this.#byOwner.set(owner, new Set([uid]));
    this.#forget(atMs);
  }

  ownerOf(uid: string): string | undefined {
    return this.#ownerOf.get(uid)?.owner;
  }

  /** The uids that belonged to an owner. */
  ownedBy(owner: string): Iterable<string> {
    return this.#byOwner.get(owner) ?? [];
  }

  #forget(nowMs: number) {
    for (const [uid, { owner, atMs }] of this.#ownerOf) {
      const isOld = nowMs - atMs > KEEP_MS;
      if (!isOld && this.#ownerOf.size <= MAX_ENTRIES) return;
      this.#ownerOf.delete(uid);
      const uids = this.#byOwner.get(owner);
      uids?.delete(uid);
      if (uids?.size === 0) this.#byOwner.delete(owner);
    }
  }
}
