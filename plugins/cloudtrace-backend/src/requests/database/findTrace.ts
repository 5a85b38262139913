import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { StoredRequest } from '../types';
import {
  STORED_REQUEST_COLUMNS,
  STORED_REQUEST_JOINS,
  toStoredRequest,
  type DbStoredRequestRow,
} from './storedRequests';

/**
 * Finds requests of one trace at an entity within a range of start times,
 * ascending; at most 100.
 */
export async function findTrace(
  knex: Knex,
  query: { entityId: number; traceId: string; from: Date; to: Date },
): Promise<StoredRequest[]> {
  const rows = await queryRows<DbStoredRequestRow>(
    knex,
    `SELECT ${STORED_REQUEST_COLUMNS} FROM requests r ${STORED_REQUEST_JOINS}
      WHERE r.entity_id = ? AND r.started_at >= ? AND r.started_at < ?
        AND r.trace_id = ?::uuid
      ORDER BY r.started_at, r.span_id LIMIT 100`,
    [query.entityId, query.from, query.to, query.traceId],
  );
  return rows.map(toStoredRequest);
}
