import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { StoredRequest } from '../types';
import {
  spanIdFromHex,
  STORED_REQUEST_COLUMNS,
  STORED_REQUEST_JOINS,
  toStoredRequest,
  type DbStoredRequestRow,
} from './storedRequests';

/**
 * Finds one request by its ids within a range of start times. A narrow range
 * reads one partition, a wide one probes the index of each.
 */
export async function findRequest(
  knex: Knex,
  query: {
    entityId: number;
    environment: string;
    traceId: string;
    spanId: string;
    from: Date;
    to: Date;
  },
): Promise<StoredRequest | undefined> {
  const rows = await queryRows<DbStoredRequestRow>(
    knex,
    `SELECT ${STORED_REQUEST_COLUMNS} FROM requests r ${STORED_REQUEST_JOINS}
      WHERE r.entity_id = ? AND r.started_at >= ? AND r.started_at < ?
        AND r.trace_id = ?::uuid AND r.span_id = ?::int8 AND i.environment = ?
      ORDER BY r.started_at LIMIT 1`,
    [
      query.entityId,
      query.from,
      query.to,
      query.traceId,
      spanIdFromHex(query.spanId),
      query.environment,
    ],
  );
  return rows[0] && toStoredRequest(rows[0]);
}
