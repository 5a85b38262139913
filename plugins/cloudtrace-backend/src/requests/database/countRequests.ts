import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { RequestFilter } from '../types';
import { requestConditions } from './requestConditions';

/** Counts the requests that a filter matches. */
export async function countRequests(
  knex: Knex,
  entityId: number,
  filter: RequestFilter,
): Promise<number> {
  const { sql, bindings } = requestConditions(filter, entityId);
  const rows = await queryRows<{ count: number }>(
    knex,
    `SELECT count(*)::int AS count FROM requests r WHERE ${sql}`,
    bindings,
  );
  return rows[0].count;
}
