import type { Knex } from 'knex';

/** Binds a list as one PostgreSQL array; knex's types do not allow null items. */
export function arrayBinding(values: readonly unknown[]): Knex.RawBinding {
  return [...values] as string[];
}
