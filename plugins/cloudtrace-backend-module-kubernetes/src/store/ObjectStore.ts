import type { WatchedObject } from '../objects/types';
import { compareVersions } from './compareVersions';
import { nameOf } from './readers';

/** Returns the keys under which an object is found in an index. */
export type IndexKeys = (object: WatchedObject) => readonly string[];

/** A change of the store: `after` is absent if the object was deleted. */
export interface StoreChange {
  before?: WatchedObject;
  after?: WatchedObject;
}

/** How many deletions the store remembers to ignore older events. */
const MAX_DELETIONS = 10_000;

/**
 * The objects of one kind of one cluster. Its state depends only on which
 * events it received, not on their order or number: the highest resource
 * version of an object wins.
 */
export class ObjectStore {
  readonly #indexKeys: Readonly<Record<string, IndexKeys>>;
  readonly #indexes = new Map<string, Map<string, Set<string>>>();
  readonly #objects = new Map<string, WatchedObject>();
  /** Resource version of the last deletion, by key. */
  readonly #deleted = new Map<string, string | undefined>();

  constructor(indexKeys: Readonly<Record<string, IndexKeys>> = {}) {
    this.#indexKeys = indexKeys;
    for (const name of Object.keys(indexKeys)) {
      this.#indexes.set(name, new Map());
    }
  }

  get size(): number {
    return this.#objects.size;
  }

  list(): WatchedObject[] {
    return [...this.#objects.values()];
  }

  get(namespace: string | undefined, name: string): WatchedObject | undefined {
    return this.#objects.get(`${namespace ?? ''}/${name}`);
  }

  /** The objects that an index has under a key. */
  find(index: string, key: string): WatchedObject[] {
    const keys = this.#indexes.get(index)?.get(key);
    return [...(keys ?? [])]
      .map(id => this.#objects.get(id))
      .filter(object => object !== undefined);
  }

  /** Stores an object, unless the store has it or has a newer one. */
  put(object: WatchedObject): StoreChange | undefined {
    const key = keyOf(object);
    if (!key) return undefined;
    const version = nameOf(object).resourceVersion;
    const before = this.#objects.get(key);
    const known = before ? nameOf(before).resourceVersion : undefined;
    if (before && isAtMost(version, known)) return undefined;
    if (isAtMost(version, this.#deleted.get(key))) return undefined;
    this.#set(key, object);
    return { before, after: object };
  }

  /** Deletes an object, unless the store has a newer one. */
  delete(object: WatchedObject): StoreChange | undefined {
    const key = keyOf(object);
    if (!key) return undefined;
    const version = nameOf(object).resourceVersion;
    const before = this.#objects.get(key);
    const known = before && nameOf(before).resourceVersion;
    if (compareVersions(version, known) === -1) return undefined;
    this.#remember(key, version);
    if (!before) return undefined;
    this.#remove(key, before);
    return { before };
  }

  /** Replaces everything by the result of a list call. */
  replace(objects: readonly WatchedObject[]): StoreChange[] {
    const listed = new Map(
      objects.flatMap(object => {
        const key = keyOf(object);
        return key ? [[key, object] as const] : [];
      }),
    );
    this.#deleted.clear();
    const gone = [...this.#objects].filter(([key]) => !listed.has(key));
    for (const [key, before] of gone) this.#remove(key, before);
    const changed = [...listed].flatMap(([key, after]) => {
      const before = this.#objects.get(key);
      if (before && isSame(before, after)) return [];
      this.#set(key, after);
      return [{ before, after }];
    });
    return [...gone.map(([, before]) => ({ before })), ...changed];
  }

  #set(key: string, object: WatchedObject) {
    const before = this.#objects.get(key);
    if (before) this.#remove(key, before);
    this.#objects.set(key, object);
    this.#eachIndexKey(object, (index, indexKey) => {
      const keys = index.get(indexKey);
      if (keys) keys.add(key);
      else index.set(indexKey, new Set([key]));
    });
  }

  #remove(key: string, object: WatchedObject) {
    this.#objects.delete(key);
    this.#eachIndexKey(object, (index, indexKey) => {
      const keys = index.get(indexKey);
      keys?.delete(key);
      if (keys?.size === 0) index.delete(indexKey);
    });
  }

  #eachIndexKey(
    object: WatchedObject,
    action: (index: Map<string, Set<string>>, indexKey: string) => void,
  ) {
    for (const [name, keysOf] of Object.entries(this.#indexKeys)) {
      const index = this.#indexes.get(name)!;
      for (const indexKey of keysOf(object)) action(index, indexKey);
    }
  }

  #remember(key: string, version: string | undefined) {
    const known = this.#deleted.get(key);
    if (compareVersions(version, known) === -1) return;
    this.#deleted.delete(key);
    this.#deleted.set(key, version);
    if (this.#deleted.size > MAX_DELETIONS) {
      this.#deleted.delete(this.#deleted.keys().next().value!);
    }
  }
}

function keyOf(object: WatchedObject): string | undefined {
  const { name, namespace } = nameOf(object);
  return name && `${namespace ?? ''}/${name}`;
}

/** Whether a version is known to be the other one or older. */
function isAtMost(version: string | undefined, other: string | undefined) {
  const order = compareVersions(version, other);
  return order !== undefined && order <= 0;
}

function isSame(a: WatchedObject, b: WatchedObject): boolean {
  const [first, second] = [nameOf(a), nameOf(b)];
  return (
    first.resourceVersion !== undefined &&
    first.resourceVersion === second.resourceVersion &&
    first.uid === second.uid
  );
}
