import type { Knex } from 'knex';
import { queryRows } from '../queryRows';
import { retryLocks, type LockPatience } from './retryLocks';

/** How to give a table another place; `?` stands for its name. */
export interface Move {
  table: string;
  sql: string;
  bindings: readonly (string | number)[];
}

/**
 * Moves a table in one transaction and returns its number of rows, which is
 * counted before and after. Reads go on; writes wait while it is moved.
 *
 * The coordinator keeps its own copy of the rows, which reads no longer see,
 * until `removeLocalRows`: that needs a lock for which readers wait.
 */
export async function moveTable(
  knex: Knex,
  { table, sql, bindings }: Move,
  patience?: LockPatience,
): Promise<number> {
  return retryLocks(
    knex,
    table,
    async tx => {
      // A large table takes longer than any limit that suits other statements.
      await tx.raw('SET LOCAL statement_timeout = 0');
      // Readers do not wait for this lock.
      await tx.raw('LOCK TABLE ?? IN EXCLUSIVE MODE', [table]);
      const before = await countRows(tx, table);
      await tx.raw(sql, bindings);
      const after = await countRows(tx, table);
      if (after !== before) {
        throw new Error(
          `The table ${table} had ${before} rows, but would have ${after} afterwards; it was not moved`,
        );
      }
      return after;
    },
    patience,
  );
}

/** Removes the rows that the coordinator stored itself before a table was moved. */
export async function removeLocalRows(
  knex: Knex,
  table: string,
  patience?: LockPatience,
): Promise<void> {
  await retryLocks(
    knex,
    table,
    async tx => {
      await tx.raw('SELECT truncate_local_data_after_distributing_table(?)', [
        table,
      ]);
    },
    patience,
  );
}

/** Which of some moved tables still have rows on the coordinator, e.g. after a kill. */
export async function findLocalRows(
  knex: Knex,
  tables: readonly string[],
): Promise<string[]> {
  const rows = await queryRows<{ table: string }>(
    knex,
    `SELECT t.name AS "table"
       FROM unnest(?::text[]) AS t (name)
       JOIN pg_class c ON c.oid = to_regclass(t.name)
       LEFT JOIN pg_inherits i ON i.inhparent = c.oid
      GROUP BY t.name
     HAVING sum(pg_relation_size(COALESCE(i.inhrelid, c.oid))) > 0`,
    [[...tables]],
  );
  return rows.map(({ table }) => table);
}

async function countRows(tx: Knex.Transaction, table: string): Promise<number> {
  const [{ count }] = await queryRows<{ count: number }>(
    tx,
    'SELECT count(*)::float8 AS count FROM ??',
    [table],
  );
  return count;
}
