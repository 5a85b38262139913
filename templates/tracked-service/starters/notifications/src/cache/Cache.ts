/** What a reader got, and from where. */
export interface Cached<T> {
  readonly value: T;
  readonly source: 'hit' | 'miss' | 'bypass';
}

/** Keeps what was read from the database, until somebody invalidates it. */
export interface Cache {
  readonly kind: 'in-process' | 'redis';
  /** Returns what is cached, or loads it. A value that was invalidated while it was loaded is not kept. */
  readThrough<T>(key: string, load: () => Promise<T>): Promise<Cached<T>>;
  /** Never throws: a cache that is away must not fail a write. */
  invalidate(keys: readonly string[]): Promise<void>;
  readonly counts: CacheCounts;
  close(): Promise<void>;
}

export interface CacheCounts {
  readonly hits: number;
  readonly misses: number;
  readonly errors: number;
}

/** Bounds how long a lost invalidation can matter. */
export const timeToLiveMs = 10_000;
