/*
 * A request in the format of PostgreSQL's binary COPY. Every column has a fixed
 * width, and so does a row: the number of columns and the length before each
 * value are the same in every row, and are written only once, when a buffer is
 * allocated.
 */

/** Columns in the order in which they are sent. */
export const REQUEST_COLUMNS = [
  'started_at',
  'span_id',
  'trace_id',
  'entity_id',
  'instance_id',
  'route_id',
  'duration_us',
  'status_code',
  'flags',
] as const;

const WIDTHS = [8, 8, 16, 4, 4, 4, 8, 2, 2];

/** Bytes of one row on the wire. */
export const ROW_BYTES = 2 + WIDTHS.reduce((sum, width) => sum + 4 + width, 0);

/** Offset of each value in a row. */
export const ROW_OFFSET = {
  startedAt: 6,
  spanId: 18,
  traceId: 30,
  entityId: 50,
  instanceId: 58,
  routeId: 66,
  durationUs: 74,
  statusCode: 86,
  flags: 92,
} as const;

/** Bits of the flags column. */
export const FLAG_ERROR = 1;
export const FLAG_CONSUMER = 2;

/** 2000-01-01, the epoch of PostgreSQL's microseconds. */
export const POSTGRES_EPOCH_US = 946_684_800_000_000;

/** Header of a binary COPY. */
export const COPY_HEADER = Buffer.concat([
  Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'),
  Buffer.alloc(8),
]);

/** Trailer of a binary COPY. */
export const COPY_TRAILER = Buffer.from([0xff, 0xff]);

/** Allocates a buffer for `rows` rows with everything except the values. */
export function allocateRows(rows: number): Buffer {
  const template = Buffer.alloc(ROW_BYTES);
  let position = template.writeInt16BE(WIDTHS.length, 0);
  for (const width of WIDTHS) {
    position = template.writeInt32BE(width, position) + width;
  }
  return Buffer.alloc(rows * ROW_BYTES, template);
}
