import { setTimeout as delay } from 'node:timers/promises';
import type { NamespaceUsage, UsageSource } from '../objects/PodUsage';

/** Intervals of polls, adjustable for tests. */
export interface UsageTimings {
  /** From the start of one round to the next, so that charts have a point a minute. */
  intervalMs: number;
  /** The pause after a round, however long it took. */
  minPauseMs: number;
  /** The longest time for one call. */
  deadlineMs: number;
  /** A namespace whose workloads were not collected for this long is not read. */
  keepMs: number;
}

const defaultTimings: UsageTimings = {
  intervalMs: 60_000,
  minPauseMs: 30_000,
  deadlineMs: 10_000,
  keepMs: 10 * 60_000,
};

/**
 * Polls what pods use, because no API lets anyone watch it: each namespace with
 * collected workloads once in an interval. The usage of a namespace is known as
 * soon as it was read, and stays until it is read again.
 */
export class UsagePoller {
  readonly #source: UsageSource;
  readonly #timings: UsageTimings;
  /** When workloads of a namespace were last collected. */
  readonly #wanted = new Map<string, number>();
  /** In the order in which the namespaces were read. */
  readonly #usage = new Map<string, NamespaceUsage>();
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
      const { intervalMs, minPauseMs, deadlineMs } = this.#timings;
      const startedMs = Date.now();
      let askedMs = 0;
      this.#forget(startedMs);
      await this.#source.read(this.#inOrder(), {
        publish: (namespace, usage) => {
          this.#usage.delete(namespace);
          this.#usage.set(namespace, usage);
          for (const { error } of usage.unread) {
            askedMs = Math.max(askedMs, error.retryAfterMs ?? 0);
          }
        },
        deadlineMs,
        signal,
      });
      const pauseMs = Math.max(
        startedMs + intervalMs - Date.now(),
        minPauseMs,
        askedMs,
      );
      await delay(pauseMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /**
   * What failed last time comes last, so that it cannot delay the others. If
   * the round ended before some were tried, they precede those that failed.
   */
  #inOrder(): string[] {
    const failed = [...this.#usage]
      .filter(([, { unread }]) => unread.length > 0)
      .map(([namespace]) => namespace)
      .reverse();
    const isFailed = new Set(failed);
    const others = [...this.#wanted.keys()].filter(
      namespace => !isFailed.has(namespace),
    );
    return [...others, ...failed];
  }

  #forget(nowMs: number) {
    for (const [namespace, atMs] of this.#wanted) {
      if (nowMs - atMs <= this.#timings.keepMs) continue;
      this.#wanted.delete(namespace);
      this.#usage.delete(namespace);
    }
  }
}
