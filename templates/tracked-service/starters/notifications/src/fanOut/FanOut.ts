/**
 * Tells all instances which users have new events. It is only a wake-up call: the events are read from the database, so a
 * lost call delays them until the next check, and a doubled one changes nothing.
 */
export interface FanOut {
  readonly kind: 'postgresql' | 'redis';
  publish(userIds: readonly string[]): Promise<void>;
  /** @returns stops listening. */
  subscribe(listener: FanOutListener): () => void;
  close(): Promise<void>;
}

export interface FanOutListener {
  onUsers(userIds: readonly string[]): void;
  /** Calls may have been lost. */
  onGap(): void;
}
