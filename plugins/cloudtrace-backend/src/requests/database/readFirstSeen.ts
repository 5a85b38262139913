import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { RollupGroupBy } from '../types';
import { routeKey } from './routeKey';

/**
 * Reads when the first request of each instance, zone or `METHOD route` of an
 * environment arrived.
 */
export async function readFirstSeen(
  knex: Knex,
  query: { entityId: number; environment: string; groupBy: RollupGroupBy },
): Promise<Map<string, Date>> {
  const [table, key] = {
    instance: ['instances', 'instance_key'],
    zone: ['instances', 'zone'],
    route: ['routes', routeKey('routes')],
  }[query.groupBy];
  const rows = await queryRows<{ key: string; first_seen_at: Date }>(
    knex,
    `SELECT ${key} AS key, min(first_seen_at) AS first_seen_at
       FROM ${table} WHERE entity_id = ? AND environment = ? GROUP BY 1`,
    [query.entityId, query.environment],
  );
  return new Map(rows.map(row => [row.key, row.first_seen_at]));
}
