import type { Knex } from 'knex';

/** A part of a query with its bindings, for `knex.raw`. */
export interface SqlFragment {
  sql: string;
  bindings: Knex.RawBinding[];
}
