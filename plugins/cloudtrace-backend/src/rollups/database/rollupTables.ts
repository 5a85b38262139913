import { DurationHistogram } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** A table of merged rollups. */
export type RollupTable = 'rollups_minute' | 'rollups_hour' | 'rollups_day';

/** Counted requests of a key in a bucket; more can be added. */
export interface RollupSum {
  dimension: number;
  keyId: number;
  bucketMs: number;
  requests: number;
  errors: number;
  durationSumUs: number;
  durationMaxUs: number;
  histogram: DurationHistogram;
}

/** A row of {@link ROLLUP_SUM_COLUMNS}. */
export interface DbRollupSumRow {
  dimension: number;
  key_id: number;
  bucket: Date;
  requests: number;
  errors: number;
  duration_sum_us: number;
  duration_max_us: number;
  histogram: Buffer;
}

/** Columns for {@link addToSums}, of a table called `r`; also valid in RETURNING. */
export const ROLLUP_SUM_COLUMNS = `
  r.dimension, r.key_id, r.bucket,
  r.requests::float8, r.errors::float8, r.duration_sum_us::float8,
  r.duration_max_us::float8, r.histogram`;

/** Sums by dimension, key and bucket. */
export type RollupSums = Map<string, RollupSum>;

/** Adds rows to sums, with their buckets truncated to a length. */
export function addToSums(
  sums: RollupSums,
  rows: Iterable<DbRollupSumRow>,
  bucketLengthMs: number,
): void {
  for (const row of rows) {
    const bucketMs =
      Math.floor(row.bucket.getTime() / bucketLengthMs) * bucketLengthMs;
    const key = `${row.dimension}/${row.key_id}/${bucketMs}`;
    let sum = sums.get(key);
    if (!sum) {
      sum = {
        dimension: row.dimension,
        keyId: row.key_id,
        bucketMs,
        requests: 0,
        errors: 0,
        durationSumUs: 0,
        durationMaxUs: 0,
        histogram: new DurationHistogram(),
      };
      sums.set(key, sum);
    }
    sum.requests += row.requests;
    sum.errors += row.errors;
    sum.durationSumUs += row.duration_sum_us;
    sum.durationMaxUs = Math.max(sum.durationMaxUs, row.duration_max_us);
    sum.histogram.addEncoded(row.histogram);
  }
}

/** Rows per statement; limits its size. */
const CHUNK = 2000;

/**
 * Adds sums to a table: reads, adds and writes back. The caller holds the
 * entity's lock, so that nobody else does the same concurrently.
 */
export async function mergeIntoTable(
  tx: Knex.Transaction,
  table: RollupTable,
  entityId: number,
  sums: RollupSums,
): Promise<void> {
  const all = [...sums.values()];
  for (let start = 0; start < all.length; start += CHUNK) {
    const chunk = all.slice(start, start + CHUNK);
    const keys = [
      chunk.map(sum => sum.dimension),
      chunk.map(sum => sum.keyId),
      chunk.map(sum => new Date(sum.bucketMs)),
    ];
    const existing = await queryRows<DbRollupSumRow>(
      tx,
      `SELECT ${ROLLUP_SUM_COLUMNS}
         FROM unnest(?::int2[], ?::int4[], ?::timestamptz[]) AS k (dimension, key_id, bucket)
         JOIN ${table} r ON r.entity_id = ? AND r.dimension = k.dimension
          AND r.bucket = k.bucket AND r.key_id = k.key_id`,
      [...keys, entityId],
    );
    addToSums(sums, existing, 1);
    await tx.raw(
      `INSERT INTO ${table} (entity_id, dimension, key_id, bucket, requests, errors,
                             duration_sum_us, duration_max_us, histogram)
       SELECT ?, s.* FROM unnest(?::int2[], ?::int4[], ?::timestamptz[], ?::int8[],
                                 ?::int8[], ?::int8[], ?::int8[], ?::bytea[]) AS s
       ON CONFLICT (entity_id, dimension, bucket, key_id) DO UPDATE
         SET requests = excluded.requests, errors = excluded.errors,
             duration_sum_us = excluded.duration_sum_us,
             duration_max_us = excluded.duration_max_us,
             histogram = excluded.histogram`,
      [
        entityId,
        ...keys,
        chunk.map(sum => sum.requests),
        chunk.map(sum => sum.errors),
        chunk.map(sum => sum.durationSumUs),
        chunk.map(sum => sum.durationMaxUs),
        chunk.map(sum => Buffer.from(sum.histogram.encode())),
      ],
    );
  }
}
