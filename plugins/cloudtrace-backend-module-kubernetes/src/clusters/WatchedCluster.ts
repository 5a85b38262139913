import { setMaxListeners } from 'node:events';
import { watchCalls } from '../calls/watchCalls';
import type { ClusterClient } from '../client/ClusterClient';
import { timedOut, type ClusterCallError } from '../client/ClusterCallError';
import { GonePods } from '../store/GonePods';
import { ObjectStore, type StoreChange } from '../store/ObjectStore';
import { nameOf, ownerUidsOf } from '../store/readers';
import { storeIndexes } from '../store/storeIndexes';
import { untilAborted } from './untilAborted';
import { isConfirmed } from '../watch/isConfirmed';
import { MetricsServer } from '../usage/MetricsServer';
import type { UsageSource } from '../objects/PodUsage';
import { UsagePoller, type UsageTimings } from '../usage/UsagePoller';
import { KindWatch } from '../watch/KindWatch';
import type { WatchTimings } from '../watch/WatchTimings';
import type { WatchedKind } from '../objects/types';
import { workloadKindOfWatched } from '../objects/workloadKinds';

/** What changed in a cluster. */
export interface ClusterChange {
  kind: WatchedKind;
  changes: readonly StoreChange[];
}

/** A kind that cannot be read now, or is being read for the first time. */
export interface UnreadKind {
  kind: WatchedKind;
  /** Why it cannot be read; undefined while nothing has failed. */
  error?: ClusterCallError;
  /** Whether older objects of the kind are shown. */
  hasData: boolean;
}

/** All watches of one cluster. */
export class WatchedCluster {
  readonly name: string;
  readonly client: ClusterClient;
  readonly gone = new GonePods();
  /** What pods use; read only in namespaces with workloads that are shown. */
  readonly usage: UsagePoller;
  readonly #watches: ReadonlyMap<WatchedKind, KindWatch>;
  readonly #onChange: (change: ClusterChange) => void;
  readonly #stopped = new AbortController();
  readonly #whenKnown: Promise<void>;
  #markKnown: () => void = () => {};

  constructor(options: {
    name: string;
    client: ClusterClient;
    timings?: Partial<WatchTimings>;
    /** By default, metrics-server of the cluster. */
    usageSource?: UsageSource;
    usageTimings?: Partial<UsageTimings>;
    onChange: (change: ClusterChange) => void;
    /** Called after a kind became complete, failed or recovered. */
    onState: (kind: WatchedKind) => void;
  }) {
    this.name = options.name;
    this.client = options.client;
    this.#onChange = options.onChange;
    this.usage = new UsagePoller({
      source: options.usageSource ?? new MetricsServer(options.client),
      timings: options.usageTimings,
    });
    this.#whenKnown = new Promise(resolve => {
      this.#markKnown = resolve;
    });
    this.#watches = new Map(
      watchCalls.map(call => [
        call.kind,
        new KindWatch({
          call,
          client: options.client,
          store: new ObjectStore(storeIndexes[call.kind]),
          timings: options.timings,
          onChanges: changes => this.#receive(call.kind, changes),
          onState: () => {
            this.#checkKnown();
            options.onState(call.kind);
          },
        }),
      ]),
    );
  }

  start(): void {
    // Each watch adds a listener.
    setMaxListeners(0, this.#stopped.signal);
    for (const watch of this.#watches.values()) {
      void watch.run(this.#stopped.signal);
    }
    void this.usage.run(this.#stopped.signal);
  }

  stop(): void {
    this.#stopped.abort();
    this.#markKnown();
  }

  store(kind: WatchedKind): ObjectStore {
    return this.#watches.get(kind)!.store;
  }

  freshAt(kind: WatchedKind): Date | undefined {
    return this.#watches.get(kind)!.freshAt;
  }

  /** When each kind was last known to be complete. */
  get freshTimes(): Partial<Record<WatchedKind, Date>> {
    return Object.fromEntries(
      [...this.#watches].flatMap(([kind, { freshAt }]) =>
        freshAt ? [[kind, freshAt]] : [],
      ),
    );
  }

  /** The kinds that are not known as they are now. */
  unreadAt(now: Date): UnreadKind[] {
    return [...this.#watches].flatMap(([kind, { error, freshAt }]) => {
      const hasData = isConfirmed(freshAt, now);
      if (hasData && !error) return [];
      // A watch that nothing confirms hangs, although nothing failed.
      return [{ kind, error: error ?? (freshAt && timedOut()), hasData }];
    });
  }

  /** The kinds of workloads that were never read. */
  get unknownWorkloads(): UnreadKind[] {
    return [...this.#watches].flatMap(([kind, { error, freshAt }]) =>
      workloadKindOfWatched(kind) && !freshAt
        ? [{ kind, error, hasData: false }]
        : [],
    );
  }

  /** The kinds of workloads that were read, but may have changed since. */
  outdatedWorkloadsAt(now: Date): UnreadKind[] {
    return this.unreadAt(now).filter(
      ({ kind }) => workloadKindOfWatched(kind) && this.freshAt(kind),
    );
  }

  /** Resolves when each kind was read or has failed once. */
  untilKnown(signal: AbortSignal): Promise<void> {
    return untilAborted(this.#whenKnown, signal);
  }

  /**
   * Confirms within seconds what was confirmed longer ago.
   *
   * @returns whether there was anything, once it is confirmed or has failed
   */
  async confirmSoon(): Promise<boolean> {
    const results = await Promise.all(
      [...this.#watches.values()].map(watch => watch.confirmSoon()),
    );
    return results.includes(true);
  }

  #checkKnown() {
    const watches = [...this.#watches.values()];
    if (watches.every(({ freshAt, error }) => freshAt ?? error)) {
      this.#markKnown();
    }
  }

  #receive(kind: WatchedKind, changes: readonly StoreChange[]) {
    if (kind === 'pods' || kind === 'replicasets') this.#rememberGone(changes);
    this.#onChange({ kind, changes });
  }

  #rememberGone(changes: readonly StoreChange[]) {
    for (const { before, after } of changes) {
      if (!before || after) continue;
      const { uid, namespace } = nameOf(before);
      const [owner] = ownerUidsOf(before);
      if (uid && owner) {
        this.gone.remember({ uid, namespace, owner }, Date.now());
      }
    }
  }
}
