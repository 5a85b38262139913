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

/** How far around a request to search for neighbours. */
const REACH = '5 minutes';

/** Finds requests on the same instance just before and after one, ascending by start. */
export async function findNeighbours(
  knex: Knex,
  entityId: number,
  request: StoredRequest,
  limit: number,
): Promise<{ before: StoredRequest[]; after: StoredRequest[] }> {
  // Reads the exact start back with microseconds: a Date would truncate it.
  const side = async (comparison: '<' | '>', order: 'DESC' | 'ASC') => {
    const reachSql =
      comparison === '<'
        ? `r.started_at >= me.started_at - interval '${REACH}'`
        : `r.started_at <= me.started_at + interval '${REACH}'`;
    const rows = await queryRows<DbStoredRequestRow>(
      knex,
      `WITH me AS (
         SELECT ?::timestamptz + make_interval(secs => ?::float8 / 1e6) AS started_at, ?::int8 AS span_id
       )
       SELECT ${STORED_REQUEST_COLUMNS}
         FROM me CROSS JOIN requests r ${STORED_REQUEST_JOINS}
        WHERE r.entity_id = ? AND i.environment = ? AND i.instance_key = ? AND i.zone = ?
          AND ${reachSql}
          AND r.started_at BETWEEN ?::timestamptz - interval '${REACH}' AND ?::timestamptz + interval '${REACH}'
          AND (r.started_at, r.span_id) ${comparison} (me.started_at, me.span_id)
        ORDER BY r.started_at ${order}, r.span_id ${order} LIMIT ?`,
      [
        request.startedAt,
        request.startedAtMicros,
        spanIdFromHex(request.spanId),
        entityId,
        request.environment,
        request.instanceId,
        request.zone,
        request.startedAt,
        request.startedAt,
        limit,
      ],
    );
    return rows.map(toStoredRequest);
  };
  const [before, after] = await Promise.all([
    side('<', 'DESC'),
    side('>', 'ASC'),
  ]);
  return { before: before.reverse(), after };
}
