import type { ByteKey } from './ByteKey';

const INITIAL_SLOTS = 256;
const MAX_ENTRIES = 8192;
const MAX_ARENA_BYTES = 1 << 20;

/**
 * Maps the bytes of names in a request body to ids without creating strings: an
 * open-addressing hash table over copies of the bytes.
 *
 * It is a cache of limited size: when it is full, it forgets everything.
 */
export class ByteKeyMap {
  #slots = new Int32Array(INITIAL_SLOTS);
  /** Per entry: hash, id, offset in the arena, tag, and the three lengths. */
  #entries = new Int32Array(7 * (INITIAL_SLOTS / 2 + 1));
  #size = 0;
  #arena = new Uint8Array(4096);
  #arenaView = new DataView(this.#arena.buffer);
  #arenaUsed = 0;

  get size(): number {
    return this.#size;
  }

  /** The id of a name, or 0. */
  get(view: DataView, key: ByteKey): number {
    const hash = hashKey(view, key);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot];
      if (entry === 0) {
        return 0;
      }
      const at = entry * 7;
      if (this.#entries[at] === hash && this.#matches(view, key, at)) {
        return this.#entries[at + 1];
      }
    }
  }

  /** Adds a name that the map does not contain yet. */
  set(view: DataView, key: ByteKey, id: number): void {
    const bytes = key.aLength + key.bLength + key.cLength;
    if (bytes > MAX_ARENA_BYTES / 16) {
      return;
    }
    if (
      this.#size >= MAX_ENTRIES ||
      this.#arenaUsed + bytes > MAX_ARENA_BYTES
    ) {
      this.clear();
    }
    if ((this.#size + 1) * 2 > this.#slots.length) {
      this.#grow();
    }
    if (this.#arenaUsed + bytes > this.#arena.length) {
      const larger = new Uint8Array(
        Math.max(this.#arena.length * 2, this.#arenaUsed + bytes),
      );
      larger.set(this.#arena);
      this.#arena = larger;
      this.#arenaView = new DataView(larger.buffer);
    }
    const entry = ++this.#size;
    const at = entry * 7;
    this.#entries[at] = hashKey(view, key);
    this.#entries[at + 1] = id;
    this.#entries[at + 2] = this.#arenaUsed;
    this.#entries[at + 3] = key.tag;
    this.#entries[at + 4] = key.aLength;
    this.#entries[at + 5] = key.bLength;
    this.#entries[at + 6] = key.cLength;
    this.#append(view, key.aStart, key.aLength);
    this.#append(view, key.bStart, key.bLength);
    this.#append(view, key.cStart, key.cLength);
    this.#place(entry);
  }

  clear(): void {
    this.#slots.fill(0);
    this.#size = 0;
    this.#arenaUsed = 0;
  }

  #matches(view: DataView, key: ByteKey, at: number): boolean {
    const entries = this.#entries;
    if (
      entries[at + 3] !== key.tag ||
      entries[at + 4] !== key.aLength ||
      entries[at + 5] !== key.bLength ||
      entries[at + 6] !== key.cLength
    ) {
      return false;
    }
    const a = entries[at + 2];
    const b = a + key.aLength;
    const c = b + key.bLength;
    const arena = this.#arenaView;
    return (
      rangesEqual(arena, a, view, key.aStart, key.aLength) &&
      rangesEqual(arena, b, view, key.bStart, key.bLength) &&
      rangesEqual(arena, c, view, key.cStart, key.cLength)
    );
  }

  #append(view: DataView, start: number, length: number): void {
    // A missing range is nowhere in this buffer.
    if (length === 0) {
      return;
    }
    this.#arena.set(
      new Uint8Array(view.buffer, view.byteOffset + start, length),
      this.#arenaUsed,
    );
    this.#arenaUsed += length;
  }

  #place(entry: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#entries[entry * 7] & mask;
    while (this.#slots[slot] !== 0) {
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = entry;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    const entries = new Int32Array(7 * (this.#slots.length / 2 + 1));
    entries.set(this.#entries);
    this.#entries = entries;
    for (let entry = 1; entry <= this.#size; entry++) {
      this.#place(entry);
    }
  }
}

function hashKey(view: DataView, key: ByteKey): number {
  let hash = key.tag;
  hash = hashRange(view, key.aStart, key.aLength, hash);
  hash = hashRange(view, key.bStart, key.bLength, hash);
  return hashRange(view, key.cStart, key.cLength, hash);
}

function hashRange(
  view: DataView,
  start: number,
  length: number,
  seed: number,
): number {
  let hash = Math.imul(seed ^ length, 0x9e3779b1);
  let position = start;
  const end = start + length;
  for (; position + 4 <= end; position += 4) {
    hash = Math.imul(hash ^ view.getInt32(position, true), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  for (; position < end; position++) {
    hash = Math.imul(hash ^ view.getUint8(position), 0xc2b2ae35);
    hash ^= hash >>> 13;
  }
  return hash;
}

function rangesEqual(
  left: DataView,
  leftStart: number,
  right: DataView,
  rightStart: number,
  length: number,
): boolean {
  let offset = 0;
  for (; offset + 4 <= length; offset += 4) {
    if (
      left.getInt32(leftStart + offset, true) !==
      right.getInt32(rightStart + offset, true)
    ) {
      return false;
    }
  }
  for (; offset < length; offset++) {
    if (
      left.getUint8(leftStart + offset) !== right.getUint8(rightStart + offset)
    ) {
      return false;
    }
  }
  return true;
}
