import type { Knex } from 'knex';
import type { SqlFragment } from '../../database/SqlFragment';
import type { RequestFilter } from '../types';
import { routeKey } from './routeKey';

/** A part of the filter that a facet ignores. */
export type RequestFilterField =
  | 'instances'
  | 'zones'
  | 'routes'
  | 'methods'
  | 'statuses'
  | 'durations';

/**
 * The conditions of a filter on `requests r`, joined by AND.
 *
 * @remarks Instances and routes become lists of their ids from subqueries on
 * the small dictionaries, so that the large table is scanned only by its own
 * columns. The environment is also such a condition: an instance belongs to
 * one.
 *
 * `IS TRUE` keeps PostgreSQL from turning such a list into a join. As a join,
 * PostgreSQL would read the requests once for each instance, because it expects
 * only one, and would not stop at the end of a page. As a list, it is hashed
 * once.
 */
export function requestConditions(
  filter: RequestFilter,
  entityId: number,
  options: { without?: RequestFilterField } = {},
): SqlFragment {
  const sql: string[] = [];
  const bindings: Knex.RawBinding[] = [];
  const add = (condition: string, ...values: Knex.RawBinding[]) => {
    sql.push(condition);
    bindings.push(...values);
  };
  const has = <T>(
    field: RequestFilterField,
    values: readonly T[] | undefined,
  ): values is readonly T[] =>
    options.without !== field && values !== undefined && values.length > 0;

  add('r.entity_id = ?', entityId);
  add('r.started_at >= ? AND r.started_at < ?', filter.from, filter.to);

  const instance = ['i.entity_id = ?', 'i.environment = ?'];
  const instanceBindings: Knex.RawBinding[] = [entityId, filter.environment];
  if (has('instances', filter.instances)) {
    instance.push('i.instance_key = ANY(?::text[])');
    instanceBindings.push([...filter.instances]);
  }
  if (has('zones', filter.zones)) {
    instance.push('i.zone = ANY(?::text[])');
    instanceBindings.push([...filter.zones]);
  }
  add(
    `(r.instance_id IN (SELECT i.instance_id FROM instances i WHERE ${instance.join(
      ' AND ',
    )})) IS TRUE`,
    ...instanceBindings,
  );

  const route: string[] = [];
  const routeBindings: Knex.RawBinding[] = [];
  if (has('routes', filter.routes)) {
    route.push(
      `(o.route = ANY(?::text[]) OR ${routeKey('o')} = ANY(?::text[]))`,
    );
    routeBindings.push([...filter.routes], [...filter.routes]);
  }
  if (has('methods', filter.methods)) {
    route.push('o.method = ANY(?::text[])');
    routeBindings.push([...filter.methods]);
  }
  if (route.length > 0) {
    add(
      `(r.route_id IN (SELECT o.route_id FROM routes o WHERE o.entity_id = ? AND o.environment = ? AND ${route.join(
        ' AND ',
      )})) IS TRUE`,
      entityId,
      filter.environment,
      ...routeBindings,
    );
  }

  if (has('statuses', filter.statuses)) {
    const status = `(${filter.statuses
      .map(() => 'r.status_code BETWEEN ? AND ?')
      .join(' OR ')})`;
    add(
      filter.statuses.every(({ min }) => min >= 500)
        ? failedWith(status)
        : status,
      ...filter.statuses.flatMap(({ min, max }) => [min, max]),
    );
  }
  if (options.without !== 'durations') {
    if (filter.minDurationMs !== undefined) {
      add('r.duration_us >= ?', Math.round(filter.minDurationMs * 1000));
    }
    if (filter.maxDurationMs !== undefined) {
      add('r.duration_us <= ?', Math.round(filter.maxDurationMs * 1000));
    }
  }
  if (filter.traceId) {
    add('r.trace_id = ?::uuid', filter.traceId);
  }
  if (filter.errorsOnly) {
    add('(r.flags & 1) = 1');
  }
  return { sql: sql.join(' AND '), bindings };
}

/**
 * A condition on statuses from 500 on, all of which are errors: in this form,
 * PostgreSQL uses the small index of errors.
 *
 * @remarks PostgreSQL assumes that status and error are independent. It would
 * expect hardly any request with both, fetch every error of the range and sort
 * them. It has no estimate for a CASE, and reads the index from its end.
 */
function failedWith(status: string): string {
  return `(r.flags & 1) = 1 AND CASE WHEN (r.flags & 1) = 1 THEN ${status} END`;
}
