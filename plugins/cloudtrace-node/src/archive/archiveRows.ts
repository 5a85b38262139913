/**
 * The columns of {@link RequestArchive.write}, in the order in which they
 * arrive as CSV: without a header, with `"` as quote and escape. An unquoted
 * empty value is null.
 *
 * @remarks `started_at_us` and `duration_us` are whole microseconds; ids are
 * hexadecimal digits; `error` is `t` or `f`. `kind` is `server` or `consumer`.
 *
 * @public
 */
export const archiveRowColumns = [
  'entity_ref',
  'environment',
  'started_at_us',
  'trace_id',
  'span_id',
  'kind',
  'method',
  'route',
  'status_code',
  'duration_us',
  'instance_id',
  'zone',
  'error',
] as const;

/** A column of {@link archiveRowColumns}. @public */
export type ArchiveRowColumn = (typeof archiveRowColumns)[number];

/**
 * What a file contains, calculated in the same way from the database and from
 * the stored file.
 *
 * @public
 */
export interface ArchiveSummary {
  requests: number;
  /**
   * The sum, over all rows, of the first 15 hexadecimal digits of SHA-256 of
   * the row, in decimal. The row is the text of its values in UTF-8, in the
   * order of {@link archiveRowColumns}, joined by U+001F; null is empty, and
   * `error` is `1` or `0`.
   */
  checksum: string;
}
