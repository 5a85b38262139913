import { archiveRowColumns } from '@cloudtrace/plugin-cloudtrace-node';
import { quoteText } from './quoteText';

/** Types of the columns in which rows arrive. */
const csvTypes: Record<(typeof archiveRowColumns)[number], string> = {
  entity_ref: 'VARCHAR',
  environment: 'VARCHAR',
  started_at_us: 'BIGINT',
  trace_id: 'VARCHAR',
  span_id: 'VARCHAR',
  kind: 'VARCHAR',
  method: 'VARCHAR',
  route: 'VARCHAR',
  status_code: 'SMALLINT',
  duration_us: 'BIGINT',
  instance_id: 'VARCHAR',
  zone: 'VARCHAR',
  error: 'BOOLEAN',
};

/**
 * Rows per group of a file. The newest requests of a service are in one or two
 * groups; their statistics tell DuckDB which.
 */
const GROUP_ROWS = 20_480;

/**
 * Sorts span ids like the signed numbers in PostgreSQL, so that the cursor of a
 * page is valid in both: ids from 8 on are negative.
 *
 * @remarks A function of the text would be calculated for each row of the
 * entity, which took most of the time of a search.
 */
export function spanOrder(direction: 'ASC' | 'DESC'): string {
  return `(span_id < '8') ${direction}, span_id ${direction}`;
}

/**
 * Converts a CSV file to Parquet, sorted so that the newest requests of an
 * entity's environment are together.
 *
 * @remarks Version 2 of the encodings stores ids without their lengths and
 * times as differences, which saves a fifth of the room.
 */
export function convertSql(csvFile: string, parquetFile: string): string {
  const columns = archiveRowColumns
    .map(column => `${column}: '${csvTypes[column]}'`)
    .join(', ');
  return `COPY (
    SELECT * EXCLUDE (started_at_us),
           make_timestamptz(started_at_us) AS started_at
      FROM read_csv(${quoteText(csvFile)}, header = false, auto_detect = false,
             delim = ',', quote = '"', escape = '"', nullstr = '',
             allow_quoted_nulls = false, columns = {${columns}})
     ORDER BY entity_ref, environment, started_at_us DESC, ${spanOrder('DESC')}
  ) TO ${quoteText(parquetFile)} (
    FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2,
    ROW_GROUP_SIZE ${GROUP_ROWS}, KV_METADATA {cloudtrace_format: '1'})`;
}

/** Sums a file up, see `ArchiveSummary`. */
export function summarySql(parquetFile: string): string {
  const texts = archiveRowColumns.map(column => {
    if (column === 'started_at_us') return 'epoch_us(started_at)::VARCHAR';
    if (column === 'error') return `CASE WHEN error THEN '1' ELSE '0' END`;
    return `coalesce(${column}::VARCHAR, '')`;
  });
  return `SELECT count(*)::DOUBLE AS requests,
      coalesce(sum(('0x' || substr(sha256(concat_ws(chr(31), ${texts.join(
        ', ',
      )})), 1, 15))::BIGINT), 0)::VARCHAR AS checksum
    FROM read_parquet(${quoteText(parquetFile)})`;
}
