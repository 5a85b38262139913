import { setTimeout as delay } from 'node:timers/promises';
import { apiPathOf, pathOf, type WatchCall } from '../calls/watchCalls';
import type { ClusterClient } from '../client/ClusterClient';
import {
  ClusterCallError,
  errorOfCause,
  errorOfStatus,
  needsList,
  unreadable,
} from '../client/ClusterCallError';
import { Deadline } from '../client/Deadline';
import { isApiMissing } from '../calls/isApiMissing';
import { parseRecord } from '../client/parseRecord';
import { readLimited } from '../client/readLimited';
import { readLines } from '../client/readLines';
import type { ObjectStore, StoreChange } from '../store/ObjectStore';
import { prune } from '../store/prune';
import { compareVersions } from '../store/compareVersions';
import { nameOf, recordOf } from '../store/readers';
import type { WatchedObject } from '../objects/types';
import { Backoff } from './Backoff';
import { listAll } from './listAll';
import { defaultTimings, type WatchTimings } from './WatchTimings';

/** An API group has some dozens of resources. */
const MAX_RESOURCES_BYTES = 8 * 1024 ** 2;

/** Why a watch that works is ended: the next one confirms sooner. */
const CONFIRM_SOON = Symbol('confirm soon');

/** Keeps the objects of one kind of one cluster current: one list, then watches. */
export class KindWatch {
  readonly call: WatchCall;
  readonly store: ObjectStore;
  readonly #client: ClusterClient;
  readonly #timings: WatchTimings;
  readonly #backoff: Backoff;
  readonly #onChanges: (changes: readonly StoreChange[]) => void;
  readonly #onState: () => void;
  #resourceVersion: string | undefined;
  /** Whether a list was repeated without a watch that succeeded after it. */
  #isListRepeated = false;
  /** Whether the last watch confirmed nothing. */
  #isDoubtful = false;
  #freshAt: Date | undefined;
  #error: ClusterCallError | undefined;
  /** Ends the long wait that is in progress, if it is one that may end. */
  #endWait: (() => void) | undefined;
  /** Called once the next attempt has confirmed the kind, or failed. */
  #onOutcome: Array<() => void> = [];

  constructor(options: {
    call: WatchCall;
    client: ClusterClient;
    store: ObjectStore;
    timings?: Partial<WatchTimings>;
    /** Called after the store changed. */
    onChanges: (changes: readonly StoreChange[]) => void;
    /** Called after the kind became complete, failed or recovered. */
    onState: () => void;
  }) {
    this.call = options.call;
    this.store = options.store;
    this.#client = options.client;
    this.#timings = { ...defaultTimings, ...options.timings };
    this.#backoff = new Backoff({
      baseMs: this.#timings.retryMs,
      maxMs: this.#timings.maxRetryMs,
    });
    this.#onChanges = options.onChanges;
    this.#onState = options.onState;
  }

  /** When the store was last known to be complete; undefined if never. */
  get freshAt(): Date | undefined {
    return this.#freshAt;
  }

  /** Why the kind cannot be read now. */
  get error(): ClusterCallError | undefined {
    return this.#error;
  }

  /**
   * Confirms the kind within seconds instead of at the end of its watch. Does
   * nothing if the kind was just confirmed, or cannot be read anyway.
   *
   * @returns whether anything was done, once it is confirmed or has failed
   */
  async confirmSoon(): Promise<boolean> {
    const ageMs = Date.now() - (this.#freshAt?.getTime() ?? 0);
    const isFresh = ageMs <= this.#timings.doubtfulWatchSeconds * 1_500;
    if (isFresh || !this.#endWait) return false;
    const outcome = new Promise<void>(resolve => {
      this.#onOutcome.push(resolve);
    });
    this.#endWait();
    await outcome;
    return true;
  }

  /** Runs until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const waitMs = await this.#attempt(signal);
      if (waitMs > 0) await this.#wait(waitMs, signal);
    }
    this.#settle();
  }

  async #wait(waitMs: number, signal: AbortSignal): Promise<void> {
    const deadline = new Deadline(signal, waitMs);
    // A cluster that fails, or ends each watch at once, gets its pause.
    if (!this.#error && !this.#isDoubtful) {
      this.#endWait = () => deadline.cancel(CONFIRM_SOON);
    }
    await delay(waitMs, undefined, {
      signal: deadline.signal,
      ref: false,
    }).catch(() => {});
    this.#endWait = undefined;
    deadline.end();
  }

  /** What waits for {@link confirmSoon} continues. */
  #settle() {
    for (const resolve of this.#onOutcome.splice(0)) resolve();
  }

  /** Lists if necessary and watches once; returns how long to wait before the next attempt. */
  async #attempt(signal: AbortSignal): Promise<number> {
    try {
      if (!this.#resourceVersion) {
        if (!(await this.#isInstalled(signal))) {
          this.#replace([]);
          this.#isListRepeated = false;
          this.#isDoubtful = false;
          return this.#timings.notInstalledMs;
        }
        await this.#list(signal);
      }
      const productive = await this.#watch(signal);
      // Protects the cluster from a proxy that ends each watch at once.
      return productive ? 0 : this.#backoff.nextMs();
    } catch (error) {
      return signal.aborted ? 0 : this.#fail(errorOfCause(error));
    }
  }

  #fail(error: ClusterCallError): number {
    if (needsList(error)) {
      this.#resourceVersion = undefined;
      if (!this.#isListRepeated) {
        // Not a failure: nobody knows yet whether a list helps.
        this.#isListRepeated = true;
        return 0;
      }
    }
    const isNews = this.#error?.code !== error.code;
    this.#error = error;
    if (isNews) this.#onState();
    this.#settle();
    return Math.max(this.#backoff.nextMs(), error.retryAfterMs ?? 0);
  }

  /** The store is complete as of now. */
  #confirm() {
    const isNews = !this.#freshAt || this.#error !== undefined;
    this.#freshAt = new Date();
    this.#error = undefined;
    if (isNews) this.#onState();
    this.#settle();
  }

  async #isInstalled(signal: AbortSignal): Promise<boolean> {
    if (!this.call.optional) return true;
    const deadline = new Deadline(signal, this.#timings.connectMs);
    try {
      const response = await this.#client.get(
        apiPathOf(this.call),
        deadline.signal,
      );
      const { resources } = recordOf(
        parseRecord(await readLimited(response, MAX_RESOURCES_BYTES)),
      );
      if (!Array.isArray(resources)) {
        throw unreadable('kubernetes-no-list');
      }
      return resources.some(r => recordOf(r).name === this.call.kind);
    } catch (cause) {
      const error = errorOfCause(cause);
      const isMissing = await isApiMissing({
        client: this.#client,
        api: this.call,
        error,
        signal: deadline.signal,
      });
      if (!isMissing) throw error;
      return false;
    } finally {
      deadline.end();
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { objects, resourceVersion } = await listAll({
      client: this.#client,
      call: this.call,
      signal,
    });
    this.#resourceVersion = resourceVersion;
    this.#isDoubtful = false;
    this.#replace(objects);
  }

  #replace(objects: readonly WatchedObject[]) {
    const changes = this.store.replace(objects);
    this.#confirm();
    if (changes.length > 0) this.#onChanges(changes);
  }

  /** Watches until the cluster ends it; returns whether it confirmed anything. */
  async #watch(signal: AbortSignal): Promise<boolean> {
    const startedAtMs = Date.now();
    const { connectMs, shortWatchMs, silenceGraceMs } = this.#timings;
    const wasDoubtful = this.#isDoubtful || this.#error !== undefined;
    const watchMs = this.#watchMs(wasDoubtful);
    this.#isDoubtful = true;
    const deadline = new Deadline(signal, connectMs);
    let isConnected = false;
    // A short watch confirms soon by itself.
    if (!wasDoubtful) this.#endWait = () => deadline.cancel(CONFIRM_SOON);
    try {
      const response = await this.#client.get(
        this.#watchPath(watchMs),
        deadline.signal,
      );
      // From now on, the cluster must end the watch in time.
      deadline.restart(watchMs + silenceGraceMs);
      isConnected = true;
      for await (const line of readLines(
        response.body as AsyncIterable<Buffer>,
      )) {
        this.#receive(line);
      }
      // A proxy can end watches at once, whatever the cluster says.
      const isLong = Date.now() - startedAtMs > shortWatchMs;
      if (isLong && isStream(response.headers.get('content-type'))) {
        this.#succeed();
      }
    } catch (error) {
      const cause = deadline.signal.aborted ? deadline.signal.reason : error;
      if (cause === CONFIRM_SOON) {
        this.#isDoubtful = true;
        return true;
      }
      // A broken connection ends a watch; the next one shows whether the
      // cluster can be reached.
      if (!isConnected || wasDoubtful || cause instanceof ClusterCallError) {
        throw errorOfCause(cause);
      }
    } finally {
      this.#endWait = undefined;
      deadline.end();
    }
    return !this.#isDoubtful;
  }

  /**
   * The cluster continued from the version: nothing was missed until now. A
   * response alone does not show this, because the first event of a stream can
   * say that the version is too old.
   */
  #succeed() {
    this.#isDoubtful = false;
    this.#isListRepeated = false;
    this.#backoff.reset();
    this.#confirm();
  }

  /** Spread, so that not all watches begin again together. */
  #watchMs(isDoubtful: boolean): number {
    const { watchSeconds, doubtfulWatchSeconds } = this.#timings;
    const seconds = isDoubtful ? doubtfulWatchSeconds : watchSeconds;
    return seconds * 1000 * (1 + Math.random() / 2);
  }

  #watchPath(watchMs: number): string {
    const query = new URLSearchParams({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: this.#resourceVersion!,
      timeoutSeconds: `${Math.ceil(watchMs / 1000)}`,
    });
    return `${pathOf(this.call)}?${query}`;
  }

  #receive(line: string) {
    const event = parseRecord(line);
    if (!event || typeof event.type !== 'string') {
      throw unreadable('kubernetes-no-event');
    }
    const object: WatchedObject = recordOf(event.object);
    if (event.type === 'ERROR') throw errorOfStatus(statusOf(object));
    this.#apply(event.type, object);
    const { resourceVersion } = nameOf(object);
    // A repeated event must not move the watch back.
    if (compareVersions(resourceVersion, this.#resourceVersion) !== -1) {
      this.#resourceVersion = resourceVersion ?? this.#resourceVersion;
    }
    this.#succeed();
  }

  #apply(type: string, object: WatchedObject) {
    const pruned = () => prune(this.call.kind, object);
    let change: StoreChange | undefined;
    if (type === 'ADDED' || type === 'MODIFIED') {
      change = this.store.put(pruned());
    } else if (type === 'DELETED') {
      change = this.store.delete(pruned());
    }
    if (change) this.#onChanges([change]);
  }
}

function statusOf(object: WatchedObject): number {
  return typeof object.code === 'number' ? object.code : 500;
}

function isStream(contentType: string | null): boolean {
  return contentType?.includes('json') ?? false;
}
