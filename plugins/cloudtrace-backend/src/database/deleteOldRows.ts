import type { Knex } from 'knex';
import { changeRows } from './queryRows';

/** Maximum number of rows per DELETE, to keep locks short. */
const SLICE_ROWS = 10_000;

/**
 * Deletes the rows of a table whose `timeColumn` is before a time, in batches.
 * Rows without that time are kept.
 */
export async function deleteOldRows(
  knex: Knex,
  options: {
    table: string;
    /** The columns of the primary key. */
    key: string;
    timeColumn: string;
    before: Date;
    signal: AbortSignal;
  },
): Promise<void> {
  const { table, key, timeColumn, before, signal } = options;
  let deleted = SLICE_ROWS;
  while (deleted === SLICE_ROWS) {
    signal.throwIfAborted();
    deleted = await changeRows(
      knex,
      `DELETE FROM ${table} WHERE (${key}) IN (
         SELECT ${key} FROM ${table} WHERE ${timeColumn} < ? LIMIT ${SLICE_ROWS}
       )`,
      [before],
    );
  }
}
