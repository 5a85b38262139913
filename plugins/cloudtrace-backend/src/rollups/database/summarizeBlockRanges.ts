import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/**
 * Updates the block range indexes of the partitions of `requests`. Until then,
 * the indexes do not cover new rows, and queries find them by reading. Returns
 * the number of new ranges.
 */
export async function summarizeBlockRanges(
  knex: Knex,
  partitions: readonly string[],
): Promise<number> {
  const rows = await queryRows<{ ranges: number }>(
    knex,
    `SELECT COALESCE(sum(brin_summarize_new_values(i.indexrelid::regclass)), 0)::int AS ranges
       FROM unnest(?::text[]) AS wanted (name)
       JOIN pg_index i ON i.indrelid = to_regclass(wanted.name)
       JOIN pg_class c ON c.oid = i.indexrelid
       JOIN pg_am a ON a.oid = c.relam AND a.amname = 'brin'`,
    [[...partitions]],
  );
  return rows[0].ranges;
}
