import { POSTGRES_EPOCH_US } from '../../database/copyFormat';
import { NUMBER, type SpanNumbers } from './SpanNumbers';

/*
 * A request in the format of PostgreSQL's binary COPY. Every column has a fixed
 * width, and so does a row: the number of columns and the length before each
 * value are the same in every row, and are written only once, when a buffer is
 * allocated.
 *
 * Ingest calls the functions for each span. They read times from an object that
 * serves all spans: a fractional or large number as an argument would be
 * allocated on the heap.
 */

/** Columns in the order in which they are sent, and the bytes of their values. */
const WIDTHS = {
  started_at: 8,
  span_id: 8,
  trace_id: 16,
  entity_id: 4,
  instance_id: 4,
  route_id: 4,
  duration_us: 8,
  status_code: 2,
  flags: 2,
};

type RequestColumn = keyof typeof WIDTHS;

/** Columns in the order in which they are sent. */
export const REQUEST_COLUMNS = Object.keys(WIDTHS) as RequestColumn[];

/** Statement that receives rows between the header and trailer of a COPY. */
export const COPY_REQUESTS = `COPY requests (${REQUEST_COLUMNS.join(
  ', ',
)}) FROM STDIN (FORMAT binary)`;

const HEAD_BYTES = 2;
const LENGTH_BYTES = 4;

/** Bytes of one row on the wire. */
export const ROW_BYTES = Object.values(WIDTHS).reduce(
  (sum, width) => sum + LENGTH_BYTES + width,
  HEAD_BYTES,
);

/** Offset of each value in a row. */
export const ROW_OFFSET = {
  startedAt: offsetOf('started_at'),
  spanId: offsetOf('span_id'),
  traceId: offsetOf('trace_id'),
  entityId: offsetOf('entity_id'),
  instanceId: offsetOf('instance_id'),
  routeId: offsetOf('route_id'),
  durationUs: offsetOf('duration_us'),
  statusCode: offsetOf('status_code'),
  flags: offsetOf('flags'),
} as const;

/** Bits of the flags column. */
export const FLAG_ERROR = 1;
export const FLAG_CONSUMER = 2;

const TWO_32 = 4_294_967_296;

/** Trace id and span id in words of 32 bits. */
export interface RequestIds {
  t0: number;
  t1: number;
  t2: number;
  t3: number;
  s0: number;
  s1: number;
}

/** When a request began, and how long it took. */
export interface RequestTimes {
  /** Microseconds since 1970. */
  startUs: number;
  durationUs: number;
}

/** Allocates a buffer for `rows` rows with everything except the values. */
export function allocateRows(rows: number): Buffer {
  const widths = Object.values(WIDTHS);
  const template = Buffer.alloc(ROW_BYTES);
  let position = template.writeInt16BE(widths.length, 0);
  for (const width of widths) {
    position = template.writeInt32BE(width, position) + width;
  }
  return Buffer.alloc(rows * ROW_BYTES, template);
}

/** Writes the ids of the row at `at`. */
export function writeIds(view: DataView, at: number, ids: RequestIds): void {
  view.setInt32(at + ROW_OFFSET.spanId, ids.s0);
  view.setInt32(at + ROW_OFFSET.spanId + 4, ids.s1);
  view.setInt32(at + ROW_OFFSET.traceId, ids.t0);
  view.setInt32(at + ROW_OFFSET.traceId + 4, ids.t1);
  view.setInt32(at + ROW_OFFSET.traceId + 8, ids.t2);
  view.setInt32(at + ROW_OFFSET.traceId + 12, ids.t3);
}

/** Writes the start and the duration. */
export function writeTimes(
  view: DataView,
  at: number,
  times: RequestTimes,
): void {
  const { durationUs } = times;
  const sincePostgresEpoch = times.startUs - POSTGRES_EPOCH_US;
  const high = Math.floor(sincePostgresEpoch / TWO_32);
  view.setInt32(at + ROW_OFFSET.startedAt, high);
  view.setUint32(
    at + ROW_OFFSET.startedAt + 4,
    sincePostgresEpoch - high * TWO_32,
  );
  const durationHigh =
    durationUs < TWO_32 ? 0 : Math.floor(durationUs / TWO_32);
  view.setInt32(at + ROW_OFFSET.durationUs, durationHigh);
  view.setUint32(
    at + ROW_OFFSET.durationUs + 4,
    durationUs - durationHigh * TWO_32,
  );
}

/** Writes which service, instance and route handled the request. */
export function writeKeys(
  view: DataView,
  at: number,
  entityId: number,
  instanceId: number,
  routeId: number,
): void {
  view.setInt32(at + ROW_OFFSET.entityId, entityId);
  view.setInt32(at + ROW_OFFSET.instanceId, instanceId);
  view.setInt32(at + ROW_OFFSET.routeId, routeId);
}

/** Writes the result: the numbers that the span reports, and the flags. */
export function writeResult(
  view: DataView,
  at: number,
  numbers: SpanNumbers,
  failed: boolean,
  consumer: boolean,
): void {
  view.setInt16(at + ROW_OFFSET.statusCode, numbers.get(NUMBER.httpStatus));
  view.setInt16(
    at + ROW_OFFSET.flags,
    (failed ? FLAG_ERROR : 0) | (consumer ? FLAG_CONSUMER : 0),
  );
}

function offsetOf(column: RequestColumn): number {
  const before = REQUEST_COLUMNS.slice(0, REQUEST_COLUMNS.indexOf(column));
  return before.reduce(
    (sum, name) => sum + LENGTH_BYTES + WIDTHS[name],
    HEAD_BYTES + LENGTH_BYTES,
  );
}
