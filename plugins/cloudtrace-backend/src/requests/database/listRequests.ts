import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { RequestFilter, StoredRequest } from '../types';
import { requestConditions } from './requestConditions';
import {
  STORED_REQUEST_COLUMNS,
  STORED_REQUEST_JOINS,
  toStoredRequest,
  type DbStoredRequestRow,
} from './storedRequests';

/** The end of a page: the last request before the next page. */
export interface RequestPosition {
  /** ISO 8601 with microseconds. */
  startedAt: string;
  /** As stored: a signed number. */
  spanId: string;
}

/** A request with its position. */
export interface ListedRequest {
  request: StoredRequest;
  position: RequestPosition;
}

/** Lists requests that match a filter after a position, newest first. */
export async function listRequests(
  knex: Knex,
  entityId: number,
  filter: RequestFilter,
  options: { after?: RequestPosition; limit: number },
): Promise<ListedRequest[]> {
  const { sql, bindings } = requestConditions(filter, entityId);
  const after = options.after
    ? 'AND r.started_at <= ?::timestamptz AND (r.started_at, r.span_id) < (?::timestamptz, ?::int8)'
    : '';
  const rows = await queryRows<DbStoredRequestRow & { position_at: string }>(
    knex,
    // The page is limited by ids before the names are joined. What is outside
    // of the limit needs the entity again, which leads to its names.
    `SELECT ${STORED_REQUEST_COLUMNS},
            to_char(r.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS position_at
       FROM (
         SELECT * FROM requests r WHERE ${sql} ${after}
          ORDER BY r.started_at DESC, r.span_id DESC LIMIT ?
       ) r ${STORED_REQUEST_JOINS}
      WHERE i.entity_id = ? AND o.entity_id = ?
      ORDER BY r.started_at DESC, r.span_id DESC`,
    [
      ...bindings,
      ...(options.after
        ? [
            options.after.startedAt,
            options.after.startedAt,
            options.after.spanId,
          ]
        : []),
      options.limit,
      entityId,
      entityId,
    ],
  );
  return rows.map(row => ({
    request: toStoredRequest(row),
    position: { startedAt: row.position_at, spanId: row.span_id },
  }));
}
