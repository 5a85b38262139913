/** A cache that may fail: every failure looks like a miss, so callers need no error handling. */
export interface Cache {
  get(key: string): Promise<string | undefined>;
  /** Overwrites an existing value. */
  set(key: string, value: string): Promise<void>;
  /** Keeps an existing value, which may be newer than `value`. */
  fill(key: string, value: string): Promise<void>;
  /** Rejects if the cache is unreachable; only for readiness. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
