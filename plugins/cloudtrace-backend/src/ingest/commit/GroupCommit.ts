import { isOutage } from '../../database/isOutage';
import { ledgerKey } from '../database/insertLedger';
import { IngestUnavailableError } from '../errors';
import { Batch, type BatchEntry, type CommitOutcome } from './Batch';
import { OutageGate } from './OutageGate';

/** Writes a batch in one transaction; returns the keys of the new requests. */
export type WriteBatch = (
  batch: Batch,
  slot: number,
) => Promise<ReadonlySet<string>>;

/** How requests are grouped. */
export interface GroupCommitOptions {
  write: WriteBatch;
  /** A batch with this many spans accepts no more requests. */
  maxBatchSpans: number;
  maxSpansPerRequest: number;
  /** Number of concurrent transactions. */
  connections: number;
  /** Batches in memory: being written, waiting, or being filled. */
  maxBatches: number;
  /** While one transaction is running, the next one starts at this size at the latest. */
  overlapSpans: number;
  onCommit?: (commit: {
    spans: number;
    requests: number;
    durationMs: number;
    entityRefs: ReadonlySet<string>;
  }) => void;
  onFailure?: (failure: {
    error: Error;
    spans: number;
    requests: number;
  }) => void;
  gate?: OutageGate;
}

/**
 * Commits concurrent requests together: while one batch is written, the next
 * one fills. A request is settled when its batch is durable.
 *
 * - `idle`: nothing is being written. The first request starts a transaction
 *   after the current turn of the event loop, with all requests of that turn.
 * - `busy`: a transaction is running. Requests gather until it ends, or until
 *   there are so many that a second concurrent transaction pays off.
 * - `full`: every batch is being written or waiting. {@link GroupCommit.open}
 *   then returns none, and the request is rejected: memory stays bounded.
 * - `paused`: the server cannot be used. Whatever waits fails together with the
 *   transaction that noticed, so nothing waits longer than a statement may run;
 *   {@link GroupCommit.assertUsable} throws until a transaction succeeds.
 */
export class GroupCommit {
  readonly #options: GroupCommitOptions;
  readonly #free: Batch[] = [];
  readonly #waiting: Batch[] = [];
  readonly #slots: number[];
  readonly #gate: OutageGate;
  #batches = 0;
  #open: Batch | undefined;
  #scheduled = false;
  #idle: (() => void)[] = [];
  #waitingSpans = 0;

  constructor(options: GroupCommitOptions) {
    this.#options = options;
    this.#gate = options.gate ?? new OutageGate();
    this.#slots = Array.from({ length: options.connections }, (_, i) => i);
  }

  /** Spans that are not committed yet. */
  get waitingSpans(): number {
    return this.#waitingSpans;
  }

  /** Whether nothing waits or is being written. */
  get isIdle(): boolean {
    return !this.#busy();
  }

  /** @throws IngestUnavailableError while the server cannot be used */
  assertUsable(): void {
    if (!this.#gate.isOpen) throw unusable();
  }

  /** Something else than a transaction noticed that the server cannot be used. */
  reportOutage(cause: Error): void {
    this.#gate.close();
    this.#failWaiting(unusable(cause));
  }

  /** The batch being filled, with room for a request; `undefined` if all are in use. */
  open(): Batch | undefined {
    if (this.#open && this.#open.spans >= this.#options.maxBatchSpans) {
      this.#waiting.push(this.#open);
      this.#open = undefined;
    }
    this.#open ??= this.#free.pop();
    if (!this.#open && this.#batches < this.#options.maxBatches) {
      const { maxBatchSpans, maxSpansPerRequest } = this.#options;
      this.#open = new Batch(maxBatchSpans + maxSpansPerRequest);
      this.#batches++;
    }
    return this.#open;
  }

  /**
   * Adds the rows that a request wrote behind `start`, in the same turn in
   * which the batch was opened.
   */
  add(
    batch: Batch,
    request: Pick<
      BatchEntry,
      'start' | 'entityId' | 'entityRef' | 'fingerprint' | 'startedOn'
    >,
  ): Promise<CommitOutcome> {
    const key = ledgerKey(request.entityId, request.fingerprint);
    const twin = batch.entries.get(key);
    if (twin) {
      batch.rows.length = request.start;
      return twin.committed.then(() => 'duplicate');
    }
    let settle!: BatchEntry['settle'];
    let fail!: BatchEntry['fail'];
    const committed = new Promise<CommitOutcome>((resolve, reject) => {
      settle = resolve;
      fail = reject;
    });
    const end = batch.rows.length;
    batch.entries.set(key, { ...request, end, committed, settle, fail });
    this.#waitingSpans += end - request.start;
    this.#schedule();
    return committed;
  }

  /** Resolves when everything that was added is settled. */
  async drain(): Promise<void> {
    if (this.#busy()) {
      await new Promise<void>(resolve => this.#idle.push(resolve));
    }
  }

  #busy(): boolean {
    return (
      this.#slots.length < this.#options.connections ||
      this.#waiting.length > 0 ||
      (this.#open?.entries.size ?? 0) > 0
    );
  }

  #schedule(): void {
    if (!this.#scheduled && this.#slots.length > 0) {
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        this.#start();
      });
    }
  }

  #start(): void {
    while (this.#slots.length > 0) {
      const batch = this.#next();
      if (!batch) {
        return;
      }
      const slot = this.#slots.pop()!;
      void this.#write(batch, slot);
    }
  }

  #next(): Batch | undefined {
    if (this.#waiting.length > 0) {
      return this.#waiting.shift();
    }
    const open = this.#open;
    const alone = this.#slots.length === this.#options.connections;
    if (
      open &&
      open.entries.size > 0 &&
      (alone || open.spans >= this.#options.overlapSpans)
    ) {
      this.#open = undefined;
      return open;
    }
    return undefined;
  }

  async #write(batch: Batch, slot: number): Promise<void> {
    const began = performance.now();
    const { onCommit, onFailure } = this.#options;
    const { spans } = batch;
    const requests = batch.entries.size;
    try {
      const stored = await this.#gate.run(() =>
        this.#options.write(batch, slot),
      );
      const entityRefs = new Set<string>();
      for (const [key, entry] of batch.entries) {
        entry.settle(stored.has(key) ? 'stored' : 'duplicate');
        entityRefs.add(entry.entityRef);
      }
      const durationMs = performance.now() - began;
      onCommit?.({ spans, requests, durationMs, entityRefs });
    } catch (cause) {
      if (isOutage(cause as Error)) {
        const error = unusable(cause);
        failAll(batch, error);
        this.#failWaiting(error);
      } else {
        failAll(
          batch,
          new IngestUnavailableError(
            'The requests could not be stored right now; send them again',
            { cause },
          ),
        );
      }
      onFailure?.({ error: cause as Error, spans, requests });
    } finally {
      this.#recycle(batch);
      this.#slots.push(slot);
      this.#start();
      if (!this.#busy()) {
        this.#idle.splice(0).forEach(resolve => resolve());
      }
    }
  }

  /** Fails the requests of all batches that are not being written. */
  #failWaiting(error: Error): void {
    const batches = this.#waiting.splice(0);
    if (this.#open) batches.push(this.#open);
    this.#open = undefined;
    for (const batch of batches) {
      failAll(batch, error);
      this.#recycle(batch);
    }
  }

  #recycle(batch: Batch): void {
    this.#waitingSpans -= batch.spans;
    batch.clear();
    this.#free.push(batch);
  }
}

function failAll(batch: Batch, error: Error): void {
  for (const entry of batch.entries.values()) {
    entry.fail(error);
  }
}

function unusable(cause?: unknown): IngestUnavailableError {
  return new IngestUnavailableError(
    'The database server that stores this entity does not respond; send the requests again',
    { cause },
  );
}
