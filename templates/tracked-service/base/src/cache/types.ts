/** A cache that may fail: every failure looks like a miss, so callers need no error handling. */
export interface Cache {
  get(key: string): Promise<string | undefined>;
  /** Overwrites what is there. */
  set(key: string, value: string): Promise<void>;
  /** Keeps what is there, which may be newer than `value`. */
  fill(key: string, value: string): Promise<void>;
  /** Rejects when the cache cannot be reached; for readiness only. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
