import { FLAG_CONSUMER, FLAG_ERROR } from '../row/requestRow';
import type { StoredRequest } from '../types';

/**
 * The columns that {@link toStoredRequest} reads, of `requests r` joined with
 * {@link storedRequestJoins}. The joins bind the entity's number twice.
 */
export const STORED_REQUEST_COLUMNS = `
  r.started_at,
  (extract(microseconds FROM r.started_at)::int8 % 1000)::int AS started_at_micros,
  r.span_id::text AS span_id, r.trace_id::text AS trace_id,
  r.duration_us::float8 AS duration_us, r.status_code, r.flags,
  i.instance_key, i.zone, i.environment, o.method, o.route`;

/** Joins the dictionaries to `requests r`. */
export const STORED_REQUEST_JOINS = `
  JOIN instances i ON i.entity_id = r.entity_id AND i.instance_id = r.instance_id
  JOIN routes o ON o.entity_id = r.entity_id AND o.route_id = r.route_id`;

/** A row of {@link storedRequestColumns}. */
export interface DbStoredRequestRow {
  started_at: Date;
  started_at_micros: number;
  span_id: string;
  trace_id: string;
  duration_us: number;
  status_code: number;
  flags: number;
  instance_key: string;
  zone: string;
  environment: string;
  method: string;
  route: string;
}

/** Converts a row to the form that the rest of the backend uses. */
export function toStoredRequest(row: DbStoredRequestRow): StoredRequest {
  return {
    startedAt: row.started_at,
    startedAtMicros: row.started_at_micros,
    traceId: row.trace_id.replaceAll('-', ''),
    spanId: spanIdToHex(row.span_id),
    method: row.method,
    route: row.route,
    statusCode: row.status_code,
    durationMs: row.duration_us / 1000,
    instanceId: row.instance_key,
    zone: row.zone,
    environment: row.environment,
    error: (row.flags & FLAG_ERROR) !== 0,
    kind: (row.flags & FLAG_CONSUMER) !== 0 ? 'consumer' : 'server',
  };
}

/** The 16 hexadecimal digits of a span id stored as a signed number. */
export function spanIdToHex(stored: string): string {
  return BigInt.asUintN(64, BigInt(stored)).toString(16).padStart(16, '0');
}

/** The stored form of a span id of 16 hexadecimal digits, as text for an int8. */
export function spanIdFromHex(hex: string): string {
  return BigInt.asIntN(64, BigInt(`0x${hex}`)).toString();
}
