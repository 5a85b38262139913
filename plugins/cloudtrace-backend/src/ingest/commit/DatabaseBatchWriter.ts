import type { Knex } from 'knex';
import { beginWithLedger, ledgerKey } from '../database/insertLedger';
import { MultiCopyQuery } from '../database/MultiCopyQuery';
import { withConnection } from '../../database/withConnection';
import { COPY_HEADER, COPY_TRAILER } from '../../database/copyFormat';
import { COPY_REQUESTS, ROW_BYTES } from '../../requests/row/requestRow';
import type { RowBuffer } from '../../requests/row/RowBuffer';
import { RowAggregator, type RowRange } from './RowAggregator';
import type { Batch, BatchEntry } from './Batch';
import { COPY_DELTAS, encodeDeltas } from '../../rollups/deltas/encodeDeltas';

/** Up to this number, ranges are sent in place; more are joined first. */
const MAX_RANGES = 64;

/** Settings for the use of the database. */
export interface BatchWriterOptions {
  acquireTimeoutMs: number;
  statementTimeoutMs: number;
  /** Number of concurrent writers. */
  connections: number;
}

/**
 * Writes a batch in one transaction: ledger, rows and rollup deltas. Requests
 * that are already in the ledger are excluded from rows and deltas, so that
 * rollups always equal the rows.
 */
export class DatabaseBatchWriter {
  readonly #aggregators: RowAggregator[];
  readonly #scratch: (Buffer | undefined)[];
  #forceSynchronousCommit: boolean | undefined;
  readonly #knex: Knex;
  readonly #options: BatchWriterOptions;

  constructor(knex: Knex, options: BatchWriterOptions) {
    this.#knex = knex;
    this.#options = options;

    this.#aggregators = Array.from(
      { length: options.connections },
      () => new RowAggregator(),
    );
    this.#scratch = new Array(options.connections).fill(undefined);
  }

  /**
   * @param slot - Index of the writer; each has its own memory
   * @returns The ledger keys of the newly stored requests
   */
  async write(batch: Batch, slot: number): Promise<ReadonlySet<string>> {
    const { acquireTimeoutMs, statementTimeoutMs } = this.#options;
    const limits = { acquireTimeoutMs, useTimeoutMs: statementTimeoutMs * 2 };
    return withConnection(this.#knex, limits, async client => {
      if (this.#forceSynchronousCommit === undefined) {
        const { rows } = await client.query('SHOW synchronous_commit');
        this.#forceSynchronousCommit = rows[0].synchronous_commit === 'off';
      }
      const entries = sortEntries(batch);
      const beginning = beginWithLedger(client, entries, {
        statementTimeoutMs,
        forceSynchronousCommit: this.#forceSynchronousCommit,
      });
      // PostgreSQL is busy now, so count the rows meanwhile. The assumption
      // that the ledger knows none of the requests is nearly always right.
      const aggregator = this.#aggregators[slot];
      let ranges = toRanges(entries);
      aggregator.aggregate(batch.rows, ranges);
      const stored = await beginning;
      if (stored.size < entries.length) {
        ranges = toRanges(
          entries.filter(({ entityId, fingerprint }) =>
            stored.has(ledgerKey(entityId, fingerprint)),
          ),
        );
        aggregator.aggregate(batch.rows, ranges);
      }
      if (ranges.length === 0) {
        await client.query('COMMIT');
        return stored;
      }
      const copy = new MultiCopyQuery(
        [
          { sql: COPY_DELTAS, chunks: [encodeDeltas(aggregator.groups)] },
          {
            sql: COPY_REQUESTS,
            chunks: [
              COPY_HEADER,
              ...this.#collect(batch.rows, ranges, slot),
              COPY_TRAILER,
            ],
          },
        ],
        'COMMIT',
      );
      client.query(copy);
      await copy.done;
      return stored;
    });
  }

  /** The bytes of the rows in ranges. */
  #collect(
    rows: RowBuffer,
    ranges: readonly RowRange[],
    slot: number,
  ): Buffer[] {
    if (ranges.length <= MAX_RANGES) {
      return ranges.map(({ start, end }) => rows.slice(start, end));
    }
    this.#scratch[slot] ??= Buffer.allocUnsafeSlow(rows.capacity * ROW_BYTES);
    const scratch = this.#scratch[slot]!;
    let at = 0;
    for (const { start, end } of ranges) {
      at += rows.bytes.copy(scratch, at, start * ROW_BYTES, end * ROW_BYTES);
    }
    return [scratch.subarray(0, at)];
  }
}

/**
 * By entity, so that the rows of one entity are adjacent in the table, on which
 * the block range index depends; then by fingerprint, so that all writers enter
 * the ledger in the same order and cannot deadlock.
 */
function sortEntries(batch: Batch): BatchEntry[] {
  return [...batch.entries.values()].sort(
    (a, b) =>
      a.entityId - b.entityId ||
      (a.fingerprint < b.fingerprint
        ? -1
        : Number(a.fingerprint > b.fingerprint)),
  );
}

/** Returns the rows of entries; adjacent ones become one range. */
function toRanges(entries: readonly BatchEntry[]): RowRange[] {
  const ranges: RowRange[] = [];
  // Within an entity, the rows need not follow the ledger's order; the order of
  // arrival makes longer ranges.
  const ordered = [...entries].sort(
    (a, b) => a.entityId - b.entityId || a.start - b.start,
  );
  for (const { start, end } of ordered) {
    const last = ranges[ranges.length - 1];
    if (last?.end === start) {
      last.end = end;
    } else {
      ranges.push({ start, end });
    }
  }
  return ranges;
}
