import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { RequestFilter } from '../types';
import { routeKey } from './routeKey';
import {
  requestConditions,
  type RequestFilterField,
} from './requestConditions';

/** One value of a facet. */
export interface FacetRow {
  value: string;
  zone?: string;
  requests: number;
  errors: number;
}

interface DbFacetRow {
  value: string;
  zone: string | null;
  requests: number;
  errors: number;
}

/** Upper bounds of the duration buckets, in microseconds: 1–2–5 steps from 1 ms to 5 min. */
export const durationBoundsUs: readonly number[] = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000,
  100_000, 300_000,
].map(ms => ms * 1000);

/** What the rows of a facet are grouped by, with the necessary joins. */
const facets: Record<
  RequestFilterField,
  { value: string; zone?: string; joins?: string }
> = {
  instances: { value: 'i.instance_key', zone: 'i.zone', joins: 'instance' },
  zones: { value: 'i.zone', joins: 'instance' },
  routes: { value: routeKey('o'), joins: 'route' },
  methods: { value: 'o.method', joins: 'route' },
  statuses: { value: 's.status_code::text' },
  durations: { value: 's.duration_bucket::text' },
};

/** They bind the entity, which a coordinator does not see through the sums. */
const joins: Record<string, string> = {
  instance: `JOIN instances i ON i.entity_id = ? AND i.entity_id = s.entity_id AND i.instance_id = s.instance_id`,
  route: `JOIN routes o ON o.entity_id = ? AND o.entity_id = s.entity_id AND o.route_id = s.route_id`,
};

/**
 * Counts requests per value of each facet, busiest first, at most 200 values
 * each. A facet that the filter restricts is counted without that restriction.
 *
 * @remarks Requests are first summed up by their ids, and only the sums are
 * joined with names.
 */
export async function readFacets(
  knex: Knex,
  entityId: number,
  filter: RequestFilter,
): Promise<Record<RequestFilterField, FacetRow[]>> {
  const fields = Object.keys(facets) as RequestFilterField[];
  const entries = await Promise.all(
    fields.map(
      async field =>
        [field, await readFacet(knex, entityId, filter, field)] as const,
    ),
  );
  return Object.fromEntries(entries) as Record<RequestFilterField, FacetRow[]>;
}

async function readFacet(
  knex: Knex,
  entityId: number,
  filter: RequestFilter,
  field: RequestFilterField,
): Promise<FacetRow[]> {
  const facet = facets[field];
  const { sql, bindings } = requestConditions(filter, entityId, {
    without: field,
  });
  const rows = await queryRows<DbFacetRow>(
    knex,
    `SELECT ${facet.value} AS value, ${facet.zone ?? 'NULL'} AS zone,
            sum(s.requests)::float8 AS requests, sum(s.errors)::float8 AS errors
       FROM (
         SELECT r.entity_id, ${summedColumns[field]},
                count(*) AS requests, count(*) FILTER (WHERE (r.flags & 1) = 1) AS errors
           FROM requests r WHERE ${sql} GROUP BY 1, 2
       ) s ${facet.joins ? joins[facet.joins] : ''}
      GROUP BY 1, 2 ORDER BY 3 DESC, 1 LIMIT 200`,
    facet.joins ? [...bindings, entityId] : bindings,
  );
  return rows.map(row => ({
    value: row.value,
    zone: row.zone || undefined,
    requests: row.requests,
    errors: row.errors,
  }));
}

const summedColumns: Record<RequestFilterField, string> = {
  instances: 'r.instance_id',
  zones: 'r.instance_id',
  routes: 'r.route_id',
  methods: 'r.route_id',
  statuses: 'r.status_code',
  durations: `width_bucket(r.duration_us, ARRAY[${durationBoundsUs.join(
    ',',
  )}]::int8[]) AS duration_bucket`,
};
