import {
  focusManager,
  type Query,
  type QueryClient,
} from '@tanstack/react-query';
import type { LiveDataKind } from '@cloudtrace/plugin-cloudtrace-common';
import { liveMetaOf } from './liveMeta';

const TICK_MS = 500;
/**
 * A query rests at least as long as its last response took, which leaves the
 * backend idle half of the time.
 */
const REST_FACTOR = 2;

/** When a query was last sent, and how long its last response took. */
interface Reading {
  startedAtMs: number;
  answerMs: number;
}

/**
 * Decides when to refresh the queries on screen. A signal only records which
 * kinds of data changed. At each tick, a query that is older than a change of
 * its kinds is read, unless a read is in progress or its interval has not
 * passed. So a query has at most one refresh in flight, nothing cancels it, and
 * the next refresh covers a change that happens during it.
 */
export class LiveRefresher {
  readonly #client: QueryClient;
  readonly #changedAtMs = new Map<LiveDataKind, number>();
  readonly #readings = new WeakMap<Query, Reading>();

  constructor(client: QueryClient) {
    this.#client = client;
    // Exists as long as the cache, which belongs to the same page.
    client.getQueryCache().subscribe(event => {
      if (event.type === 'updated') {
        this.#record(event.query, event.action.type);
      }
    });
  }

  /** Records that data of these kinds changed. */
  ping(kinds: Iterable<LiveDataKind>): void {
    const now = Date.now();
    for (const kind of kinds) this.#changedAtMs.set(kind, now);
  }

  /**
   * Keeps the queries fresh until the returned function is called. Without
   * signals, data always counts as changed.
   */
  start(options: { withPings: boolean }): () => void {
    const timer = setInterval(() => this.#refreshDue(options), TICK_MS);
    return () => clearInterval(timer);
  }

  #record(query: Query, action: string): void {
    const known = this.#readings.get(query);
    if (action === 'fetch') {
      this.#readings.set(query, {
        startedAtMs: Date.now(),
        answerMs: known?.answerMs ?? 0,
      });
    } else if (known && (action === 'success' || action === 'error')) {
      known.answerMs = Date.now() - known.startedAtMs;
    }
  }

  #refreshDue(options: { withPings: boolean }): void {
    if (!focusManager.isFocused()) return;
    const due = this.#client
      .getQueryCache()
      .findAll({ type: 'active', fetchStatus: 'idle' })
      .filter(query => this.#isDue(query, options));
    for (const { queryKey } of due) {
      // A failure is part of the query's state and shown with its data.
      void this.#client.refetchQueries(
        { queryKey, exact: true, type: 'active' },
        { cancelRefetch: false },
      );
    }
  }

  #isDue(query: Query, { withPings }: { withPings: boolean }): boolean {
    const live = liveMetaOf(query);
    const reading = this.#readings.get(query);
    if (!live || !reading) return false;
    const { startedAtMs, answerMs } = reading;
    if (live.untilMs !== undefined && startedAtMs >= live.untilMs) return false;
    const dirty =
      !withPings ||
      live.kinds.some(
        kind => (this.#changedAtMs.get(kind) ?? 0) >= startedAtMs,
      );
    const gapMs = Math.max(
      dirty ? live.minGapMs : live.maxGapMs,
      answerMs * REST_FACTOR,
    );
    return Date.now() - startedAtMs >= gapMs;
  }
}
