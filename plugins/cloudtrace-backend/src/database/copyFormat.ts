/*
 * PostgreSQL's binary format of COPY.
 */

/** Header of a binary COPY. */
export const COPY_HEADER = Buffer.concat([
  Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'),
  Buffer.alloc(8),
]);

/** Trailer of a binary COPY. */
export const COPY_TRAILER = Buffer.from([0xff, 0xff]);

/** 2000-01-01, the epoch of PostgreSQL's microseconds. */
export const POSTGRES_EPOCH_US = 946_684_800_000_000;
