import { setTimeout as delay } from 'node:timers/promises';
import type { NamespaceUsage, UsageSource } from '../objects/PodUsage';

/** Intervals of polls, adjustable for tests. */
export interface UsageTimings {
  /** From the start of one round to the next. metrics-server measures once a minute. */
  intervalMs: number;
  /** The pause after a round, however long it took. */
  minPauseMs: number;
  /** A namespace whose workloads were not collected for this long is not read. */
  keepMs: number;
}

const defaultTimings: UsageTimings = {
  intervalMs: 60_000,
  minPauseMs: 30_000,
  keepMs: 10 * 60_000,
};

/**
 * Polls what pods use, because no API lets anyone watch it: each namespace with
 * collected workloads once in an interval.
 */
export class UsagePoller {
  readonly #source: UsageSource;
  readonly #timings: UsageTimings;
  /** When workloads of a namespace were last collected. */
  readonly #wanted = new Map<string, number>();
  #usage: ReadonlyMap<string, NamespaceUsage> = new Map();
  #wake: () => void = () => {};

  constructor(options: {
    source: UsageSource;
    timings?: Partial<UsageTimings>;
  }) {
    this.#source = options.source;
    this.#timings = { ...defaultTimings, ...options.timings };
  }

  /** Notes that a namespace has workloads that are collected. */
  want(namespace: string): void {
    this.#wanted.set(namespace, Date.now());
    this.#wake();
  }

  /** What is known of a namespace; undefined before its first poll. */
  of(namespace: string): NamespaceUsage | undefined {
    return this.#usage.get(namespace);
  }

  /** Polls until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    await new Promise<void>(resolve => {
      this.#wake = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    while (!signal.aborted) {
      const { intervalMs, minPauseMs } = this.#timings;
      const startedMs = Date.now();
      this.#forget(startedMs);
      this.#usage = await this.#source.read([...this.#wanted.keys()], signal);
      const askedMs = [...this.#usage.values()].map(
        ({ error }) => error?.retryAfterMs ?? 0,
      );
      const pauseMs = Math.max(
        startedMs + intervalMs - Date.now(),
        minPauseMs,
        ...new Set(askedMs),
      );
      await delay(pauseMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  #forget(nowMs: number) {
    for (const [namespace, atMs] of this.#wanted) {
      if (nowMs - atMs > this.#timings.keepMs) this.#wanted.delete(namespace);
    }
  }
}
