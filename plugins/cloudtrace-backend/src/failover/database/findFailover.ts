import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { toFailover, type DbFailoverRow, type StoredFailover } from './rows';

/**
 * Finds one failover of an entity in any environment, also by the id of a
 * failover that merged into it.
 */
export async function findFailover(
  knex: Knex,
  query: { entityRef: string; failoverId: string },
): Promise<{ environment: string; failover: StoredFailover } | undefined> {
  const rows = await queryRows<
    Pick<DbFailoverRow, 'environment' | 'body' | 'aliases'>
  >(
    knex,
    `SELECT environment, body, aliases FROM failovers
      WHERE entity_ref = ? AND (failover_id = ? OR ? = ANY(aliases))
      ORDER BY failover_id = ? DESC LIMIT 1`,
    [query.entityRef, query.failoverId, query.failoverId, query.failoverId],
  );
  const [row] = rows;
  return row && { environment: row.environment, failover: toFailover(row) };
}
