import type { Readable } from 'node:stream';
import {
  archiveRowColumns,
  type ArchiveRowColumn,
  type ArchiveSummary,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { queryRows } from '../../database/queryRows';
import { withConnection } from '../../database/withConnection';
import { FLAG_CONSUMER, FLAG_ERROR } from '../row/requestRow';

/** For half a million rows; the server may be busy. */
const ACQUIRE_TIMEOUT_MS = 30_000;
const COPY_TIMEOUT_MS = 10 * 60_000;

/** SQL of each column, of requests joined with the names that they refer to. */
const columns: Record<ArchiveRowColumn, string> = {
  entity_ref: 'e.entity_ref',
  environment: 'i.environment',
  started_at_us: '(extract(epoch FROM r.started_at) * 1000000)::int8',
  trace_id: `replace(r.trace_id::text, '-', '')`,
  span_id: `lpad(to_hex(r.span_id), 16, '0')`,
  kind: `CASE WHEN r.flags & ${FLAG_CONSUMER} <> 0 THEN 'consumer' ELSE 'server' END`,
  method: `NULLIF(o.method, '')`,
  route: `NULLIF(o.route, '')`,
  status_code: 'NULLIF(r.status_code, 0)',
  duration_us: 'r.duration_us',
  instance_id: 'i.instance_key',
  zone: `NULLIF(i.zone, '')`,
  error: `r.flags & ${FLAG_ERROR} <> 0`,
};

/** The requests of some entities in a range. */
export interface RequestsOf {
  entityIds: readonly number[];
  from: Date;
  /** First moment after. */
  to: Date;
}

/** Requests with names; parameters are the entities and the bounds in time. */
function fromSql(entityIds: string, from: string, to: string): string {
  return `FROM requests r
      JOIN entities e ON e.entity_id = r.entity_id
      JOIN instances i ON i.entity_id = r.entity_id AND i.instance_id = r.instance_id
      JOIN routes o ON o.entity_id = r.entity_id AND o.route_id = r.route_id
     WHERE r.entity_id = ANY(${entityIds}::int4[])
       AND r.started_at >= ${from}::timestamptz AND r.started_at < ${to}::timestamptz`;
}

/** Sums up requests, see {@link ArchiveSummary}. */
export async function summarizeRequests(
  knex: Knex,
  part: RequestsOf,
): Promise<ArchiveSummary> {
  const texts = archiveRowColumns.map(column =>
    column === 'error'
      ? `CASE WHEN ${columns.error} THEN '1' ELSE '0' END`
      : `coalesce((${columns[column]})::text, '')`,
  );
  const rows = await queryRows<{ requests: number; checksum: string }>(
    knex,
    `SELECT count(*)::float8 AS requests,
            coalesce(sum(('x' || substr(encode(sha256(convert_to(
              concat_ws(chr(31), ${texts.join(', ')}), 'UTF8'
            )), 'hex'), 1, 15))::bit(60)::int8), 0)::text AS checksum
       ${fromSql('?', '?', '?')}`,
    [[...part.entityIds], part.from, part.to],
  );
  return rows[0];
}

/** Passes requests with their names to a function as CSV, see `archiveRowColumns`. */
export async function copyRequests<T>(
  knex: Knex,
  part: RequestsOf,
  receive: (rows: Readable) => Promise<T>,
): Promise<T> {
  const limits = {
    acquireTimeoutMs: ACQUIRE_TIMEOUT_MS,
    useTimeoutMs: COPY_TIMEOUT_MS,
  };
  return withConnection(knex, limits, async client => {
    const rows = client.query(copyTo(copySql(client, part)));
    // Whoever reads the rows gets the error, too; without a reader it would
    // end the process.
    rows.on('error', () => undefined);
    try {
      return await receive(rows);
    } catch (error) {
      // While rows are still to come, the connection is of no other use.
      if (!rows.readableEnded) closeSocket(client);
      throw error;
    }
  });
}

function copySql(client: Client, part: RequestsOf): string {
  const list = archiveRowColumns.map(column => columns[column]).join(', ');
  const time = (at: Date) => client.escapeLiteral(at.toISOString());
  const from = fromSql(
    `'{${part.entityIds.map(Number).join(',')}}'`,
    time(part.from),
    time(part.to),
  );
  return `COPY (SELECT ${list} ${from}) TO STDOUT (FORMAT csv)`;
}

function closeSocket(client: Client): void {
  const { connection } = client as unknown as {
    connection: { stream: { destroy(): void } };
  };
  connection.stream.destroy();
}
