import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { toFailover, type DbFailoverRow, type StoredFailover } from './rows';

/**
 * Lists failovers that were detected within a range or are ongoing, newest
 * first; at most 2,000.
 */
export async function listFailovers(
  knex: Knex,
  query: { entityRef: string; environment: string; from: Date; to: Date },
): Promise<StoredFailover[]> {
  const rows = await queryRows<Pick<DbFailoverRow, 'body' | 'aliases'>>(
    knex,
    `SELECT body, aliases FROM failovers
      WHERE entity_ref = ? AND environment = ? AND detected_at < ?
        AND (detected_at >= ? OR recovered_at IS NULL OR recovered_at >= ?)
      ORDER BY detected_at DESC, failover_id DESC LIMIT 2000`,
    [query.entityRef, query.environment, query.to, query.from, query.from],
  );
  return rows.map(toFailover);
}
