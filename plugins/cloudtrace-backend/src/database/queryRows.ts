import type { Knex } from 'knex';

type Bindings = readonly Knex.RawBinding[] | Knex.ValueDict;

/**
 * Runs SQL and returns its rows: of a SELECT, or of a RETURNING.
 *
 * `Row` names the columns with the types that `pg` delivers: `bigint`,
 * `numeric` and sums of integers arrive as text, `timestamptz` as a `Date`, and
 * a missing value as `null`, never as `undefined`. Cast in SQL (`::int`,
 * `::float8`) to read a number.
 */
export async function queryRows<Row extends object>(
  knex: Knex,
  sql: string,
  bindings: Bindings = [],
): Promise<Row[]> {
  const { rows } = await knex.raw<{ rows: Row[] }>(sql, bindings);
  return rows;
}

/** Runs an INSERT, UPDATE or DELETE and returns how many rows it changed. */
export async function changeRows(
  knex: Knex,
  sql: string,
  bindings: Bindings = [],
): Promise<number> {
  const { rowCount } = await knex.raw<{ rowCount: number }>(sql, bindings);
  return rowCount;
}
