import type { DuckDBValue } from '@duckdb/node-api';
import type { ArchiveFilter } from '@cloudtrace/plugin-cloudtrace-node';

/** A part of SQL with the values of its parameters. */
export interface DuckDbFragment {
  sql: string;
  values: DuckDBValue[];
}

/** SQL of the name that a route has in filters and counts: `METHOD route`, or the route alone. */
export const ROUTE_KEY = `CASE WHEN method IS NULL THEN coalesce(route, '') ELSE method || ' ' || coalesce(route, '') END`;

/** A time as a literal, so that DuckDB compares it with the statistics of a file. */
export function timeLiteral(microseconds: number): string {
  const ms = Math.floor(microseconds / 1000);
  const rest = String(microseconds - ms * 1000).padStart(3, '0');
  const text = new Date(ms).toISOString().replace('T', ' ').slice(0, -1);
  return `TIMESTAMPTZ '${text}${rest}+00'`;
}

/** The conditions of a filter, joined by AND. The entity is always one of them. */
export function filterConditions(filter: ArchiveFilter): DuckDbFragment {
  const sql: string[] = [];
  const values: DuckDBValue[] = [];
  const add = (condition: string, ...more: DuckDBValue[]) => {
    sql.push(condition);
    values.push(...more);
  };
  const addAny = (expression: string, any: readonly string[] = []) => {
    if (any.length > 0) {
      add(`${expression} IN (${any.map(() => '?').join(', ')})`, ...any);
    }
  };
  add('entity_ref = ?', filter.entityRef);
  if (filter.environment !== undefined) {
    add('environment = ?', filter.environment);
  }
  add(
    `started_at >= ${timeLiteral(filter.from.getTime() * 1000)}
     AND started_at < ${timeLiteral(filter.to.getTime() * 1000)}`,
  );
  addAny('instance_id', filter.instances);
  addAny(`coalesce(zone, '')`, filter.zones);
  addAny(`coalesce(method, '')`, filter.methods);
  if (filter.routes && filter.routes.length > 0) {
    const any = filter.routes.map(() => '?').join(', ');
    add(
      `(coalesce(route, '') IN (${any}) OR ${ROUTE_KEY} IN (${any}))`,
      ...filter.routes,
      ...filter.routes,
    );
  }
  if (filter.statuses && filter.statuses.length > 0) {
    add(
      `(${filter.statuses
        .map(() => 'coalesce(status_code, 0) BETWEEN ? AND ?')
        .join(' OR ')})`,
      ...filter.statuses.flatMap(({ min, max }) => [min, max]),
    );
  }
  if (filter.minDurationUs !== undefined) {
    add('duration_us >= ?', filter.minDurationUs);
  }
  if (filter.maxDurationUs !== undefined) {
    add('duration_us <= ?', filter.maxDurationUs);
  }
  if (filter.traceId !== undefined) add('trace_id = ?', filter.traceId);
  if (filter.spanId !== undefined) add('span_id = ?', filter.spanId);
  if (filter.errorsOnly) add('error');
  return { sql: sql.join(' AND '), values };
}
