import type { Knex } from 'knex';

/** A list bound as one PostgreSQL array; knex's types do not know that its items may be null. */
export function arrayBinding(values: readonly unknown[]): Knex.RawBinding {
  return [...values] as string[];
}
