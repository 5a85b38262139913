import type { Knex } from 'knex';
import { isDistributed } from '../../database/distribution/isDistributed';
import { queryRows } from '../../database/queryRows';

/** Updates the block range indexes of a table and counts the new ranges. */
const summarize = (table: string) =>
  `SELECT COALESCE(sum(brin_summarize_new_values(i.indexrelid::regclass)), 0)::int AS ranges
     FROM pg_index i
     JOIN pg_class c ON c.oid = i.indexrelid
     JOIN pg_am a ON a.oid = c.relam AND a.amname = 'brin'
    WHERE i.indrelid = to_regclass(${table})`;

/**
 * Updates the block range indexes of the partitions of `requests`. Until then,
 * the indexes do not cover new rows, and queries find them by reading. Returns
 * the number of new ranges.
 */
export async function summarizeBlockRanges(
  knex: Knex,
  partitions: readonly string[],
): Promise<number> {
  const distributed = await isDistributed(knex, 'requests');
  let ranges = 0;
  for (const partition of partitions) {
    const [row] = distributed
      ? await summarizeShards(knex, partition)
      : await queryRows<{ ranges: number }>(knex, summarize('?'), [partition]);
    ranges += row.ranges;
  }
  return ranges;
}

/**
 * The coordinator has no rows, so the workers do it. Shards of a worker that is
 * down stay as they are until the next run.
 */
function summarizeShards(
  knex: Knex,
  partition: string,
): Promise<{ ranges: number }[]> {
  return queryRows<{ ranges: number }>(
    knex,
    `SELECT COALESCE(sum(s.result::int) FILTER (WHERE s.success), 0)::int AS ranges
       FROM pg_class t, run_command_on_shards(t.oid, ?) s
      WHERE t.oid = to_regclass(?)`,
    // Citus replaces %s by the name of each shard.
    [summarize(`'%s'`), partition],
  );
}
