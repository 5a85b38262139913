import type { Knex } from 'knex';
import type { DbFailoverRow } from './rows';

/** One failover of an entity, in whichever environment. */
export async function findFailover(
  knex: Knex,
  query: { entityRef: string; failoverId: string },
): Promise<DbFailoverRow | undefined> {
  const { rows } = await knex.raw(
    'SELECT * FROM failovers WHERE entity_ref = ? AND failover_id = ? LIMIT 1',
    [query.entityRef, query.failoverId],
  );
  return rows[0];
}
