import type { Knex } from 'knex';
import { isDistributed } from '../../database/distribution/isDistributed';
import { queryRows } from '../../database/queryRows';

/**
 * Summarises the block ranges of a table, except the one that is still being
 * filled. PostgreSQL updates the summary of a range with each row added to it:
 * a bloom filter as large as a page, and its copy in the write-ahead log, 7.5 kB
 * per row instead of 0.1.
 */
const summarize = (table: string) =>
  `WITH summarized AS MATERIALIZED (
     SELECT i.indrelid, i.indexrelid,
            brin_summarize_new_values(i.indexrelid::regclass)
       FROM pg_index i
       JOIN pg_class c ON c.oid = i.indexrelid
       JOIN pg_am a ON a.oid = c.relam AND a.amname = 'brin'
      WHERE i.indrelid = to_regclass(${table}))
   SELECT count(brin_desummarize_range(
     indexrelid::regclass,
     GREATEST(
       pg_relation_size(indrelid) / current_setting('block_size')::int - 1,
       0)))::int AS indexes
     FROM summarized`;

/**
 * Updates the block range indexes of partitions of `requests`. The indexes do
 * not cover rows behind the last full range, and queries find those by reading.
 *
 * Call it for a new partition too: its first range counts as summarised while
 * the partition is empty.
 */
export async function summarizeBlockRanges(
  knex: Knex,
  partitions: readonly string[],
): Promise<void> {
  const distributed = await isDistributed(knex, 'requests');
  for (const partition of partitions) {
    if (distributed) {
      await summarizeShards(knex, partition);
    } else {
      await queryRows<{ indexes: number }>(knex, summarize('?'), [partition]);
    }
  }
}

/**
 * The coordinator has no rows, so the workers do it. Shards of a worker that is
 * down stay as they are until the next run.
 */
async function summarizeShards(knex: Knex, partition: string): Promise<void> {
  await queryRows<{ shards: number }>(
    knex,
    `SELECT count(*) FILTER (WHERE s.success)::int AS shards
       FROM pg_class t, run_command_on_shards(t.oid, ?) s
      WHERE t.oid = to_regclass(?)`,
    // Citus replaces %s by the name of each shard.
    [summarize(`'%s'`), partition],
  );
}
