/** Events of a cluster live for an hour by default. */
const KEEP_MS = 2 * 3_600_000;
const MAX_ENTRIES = 50_000;

/** A deleted object, and the uid of its owner. */
interface GoneObject {
  uid: string;
  namespace?: string;
  owner: string;
}

/**
 * Remembers to which owner deleted pods and revisions belonged, so that their
 * last events, which often arrive after the deletion, reach the workload.
 */
export class GonePods {
  readonly #ownerOf = new Map<string, GoneObject & { atMs: number }>();
  readonly #byOwner = new Map<string, Set<string>>();

  remember(gone: GoneObject, atMs: number): void {
    const { uid } = gone;
    this.#ownerOf.delete(uid);
    this.#ownerOf.set(uid, { ...gone, atMs });
    const key = keyOf({ ...gone, uid: gone.owner });
    const uids = this.#byOwner.get(key);
    if (uids) uids.add(uid);
    else this.#byOwner.set(key, new Set([uid]));
    this.#forget(atMs);
  }

  ownerOf(uid: string): string | undefined {
    return this.#ownerOf.get(uid)?.owner;
  }

  /**
   * The uids that belonged to an owner. Owners are in the same namespace; a
   * reference from elsewhere is forged.
   */
  ownedBy(owner: { uid: string; namespace?: string }): Iterable<string> {
    return this.#byOwner.get(keyOf(owner)) ?? [];
  }

  #forget(nowMs: number) {
    for (const [uid, gone] of this.#ownerOf) {
      const isOld = nowMs - gone.atMs > KEEP_MS;
      if (!isOld && this.#ownerOf.size <= MAX_ENTRIES) return;
      this.#ownerOf.delete(uid);
      const key = keyOf({ ...gone, uid: gone.owner });
      const uids = this.#byOwner.get(key);
      uids?.delete(uid);
      if (uids?.size === 0) this.#byOwner.delete(key);
    }
  }
}

function keyOf({ uid, namespace }: { uid: string; namespace?: string }) {
  return `${namespace ?? ''}/${uid}`;
}
