import { RowAggregator } from '../ingest/commit/RowAggregator';
import type { Batch } from '../ingest/commit/Batch';
import { encodeDeltas } from '../rollups/deltas/encodeDeltas';
import { ONE_SERVER } from '../database/distribution/EntityPlacement';
import { GroupCommit } from '../ingest/commit/GroupCommit';
import { ServerCommits } from '../ingest/commit/ServerCommits';
import { DictionaryCache } from '../ingest/dictionary/DictionaryCache';
import { IngestService, type OtlpEncoding } from '../ingest/IngestService';
import type { IngestOrigin } from '../ingest/types';
import { ledgerKey } from '../ingest/database/insertLedger';
import { decodeRow } from './decodeRow';
import { MemoryNameStore } from './MemoryNameStore';
import { NOW_US } from './scanBody';

const CONNECTIONS = 2;

/** What a sender posts. */
export interface TestBody {
  body: Buffer;
  encoding: OtlpEncoding;
}

/**
 * Ingest from the bytes of a body to the rows and deltas of its transaction,
 * without the database. It keeps the same state between bodies as the real
 * ingest.
 */
export class IngestPipeline {
  readonly #service: IngestService;
  readonly #aggregators = Array.from(
    { length: CONNECTIONS },
    () => new RowAggregator(),
  );
  readonly #names = new MemoryNameStore();
  /** Rows by entity ref. They contain names, because ids depend on the order of bodies. */
  readonly #rows = new Map<string, object[]>();
  /** Batches whose deltas differ from those of a fresh set of objects. */
  wrongDeltas = 0;

  constructor() {
    const limits = { maxBatchSpans: 64, maxSpansPerRequest: 200 };
    this.#service = new IngestService({
      ...limits,
      commits: new ServerCommits(
        ONE_SERVER,
        () =>
          new GroupCommit({
            ...limits,
            write: (batch, slot) => this.#write(batch, slot),
            connections: CONNECTIONS,
            maxBatches: 50,
            overlapSpans: 20,
          }),
      ),
      dictionaries: new DictionaryCache(this.#names),
      maxFieldsPerRequest: 100_000,
      acceptPastMs: 86_400_000,
      acceptFutureMs: 600_000,
      now: () => NOW_US / 1000,
    });
  }

  /**
   * Processes a body and describes the result as text: outcome and rows, or why
   * it was rejected.
   *
   * @param origin - With an entity ref used only for this body, which
   * identifies its rows
   */
  async send(
    { body, encoding }: TestBody,
    origin: IngestOrigin,
  ): Promise<string> {
    try {
      const outcome = await this.#service.ingest(origin, body, encoding);
      const rows = this.#rows.get(origin.entityRef) ?? [];
      this.#rows.delete(origin.entityRef);
      return JSON.stringify({ outcome, rows });
    } catch (error) {
      const { name, message, cause } = error as Error;
      return `${name}: ${message} ${cause ?? ''}`;
    }
  }

  async #write(batch: Batch, slot: number): Promise<ReadonlySet<string>> {
    const aggregator = this.#aggregators[slot];
    const all = [{ start: 0, end: batch.rows.length }];
    aggregator.aggregate(batch.rows, all);
    // Anything that modifies the batch or the groups now does so while they are
    // being sent.
    await new Promise(setImmediate);
    const fresh = new RowAggregator();
    fresh.aggregate(batch.rows, all);
    if (!encodeDeltas(aggregator.groups).equals(encodeDeltas(fresh.groups))) {
      this.wrongDeltas++;
    }
    const entries = [...batch.entries.values()];
    for (const { start, end, entityRef } of entries) {
      const rows = Array.from({ length: end - start }, (_, index) =>
        this.#readRow(batch, start + index),
      );
      this.#rows.set(entityRef, rows);
    }
    return new Set(entries.map(e => ledgerKey(e.entityId, e.fingerprint)));
  }

  #readRow(batch: Batch, index: number): object {
    const row = decodeRow(batch.rows, index);
    const { entityId, routeId, instanceId, ...rest } = row;
    return {
      ...rest,
      route: this.#names.nameOf(entityId, routeId),
      instance: this.#names.nameOf(entityId, instanceId),
    };
  }
}
