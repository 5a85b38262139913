import type {
  ArchivedRequest,
  ArchiveQuery,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { DuckDb } from './DuckDb';
import { filterConditions, timeLiteral } from './filterConditions';
import { spanOrder } from './parquetColumns';
import { quoteText } from './quoteText';

/** Reads a page of requests from one file. */
export async function searchFile(
  duckDb: DuckDb,
  parquetFile: string,
  query: ArchiveQuery,
  signal: AbortSignal,
): Promise<ArchivedRequest[]> {
  const { sql, values } = filterConditions(query);
  const { after } = query;
  const newest = query.order !== 'oldest';
  const order = newest ? 'DESC' : 'ASC';
  const before = newest ? '<' : '>';
  const rest = after
    ? `AND started_at ${before}= ${timeLiteral(after.startedAtUs)}
       AND (started_at ${before} ${timeLiteral(after.startedAtUs)}
            OR (span_id < '8') ${before} (?::VARCHAR < '8')
            OR (span_id < '8') = (?::VARCHAR < '8') AND span_id ${before} ?::VARCHAR)`
    : '';
  const rows = await duckDb.run(
    `SELECT epoch_us(started_at)::DOUBLE AS "startedAtUs", trace_id AS "traceId",
            span_id AS "spanId", kind, coalesce(method, '') AS method,
            coalesce(route, '') AS route, coalesce(status_code, 0)::INTEGER AS "statusCode",
            duration_us::DOUBLE AS "durationUs", instance_id AS "instanceId",
            coalesce(zone, '') AS zone, environment, error
       FROM read_parquet(${quoteText(parquetFile)})
      WHERE ${sql} ${rest}
      ORDER BY started_at ${order}, ${spanOrder(order)}
      LIMIT ${Math.floor(query.limit)}`,
    [...values, ...(after ? Array(3).fill(after.spanId) : [])],
    signal,
  );
  return rows as unknown as ArchivedRequest[];
}
