import type { ListRequestsQuery } from '@cloudtrace/plugin-cloudtrace-common';
import type { ParamChange } from '../../state/useViewParams';

/** Filters with several values each, by their name in the URL and the API. */
export const FACETS = [
  'status',
  'instance',
  'zone',
  'route',
  'method',
] as const;

export type FacetName = (typeof FACETS)[number];

/** The viewer's filters for requests. */
export interface RequestFilters {
  facets: Record<FacetName, string[]>;
  errorsOnly: boolean;
  minDurationMs?: number;
  maxDurationMs?: number;
  traceId?: string;
}

const TRACE_ID = /^[0-9a-f]{32}$/i;

/** Whether the API accepts the text as a trace id. */
export function isTraceId(text: string): boolean {
  return TRACE_ID.test(text.trim());
}

function duration(text: string | null): number | undefined {
  const value = text ? Number(text) : NaN;
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** Reads the filters from the URL; drops values that the API would reject. */
export function readFilters(params: URLSearchParams): RequestFilters {
  const traceId = params.get('trace')?.trim();
  return {
    facets: {
      status: params
        .getAll('status')
        .filter(value => /^([1-9][0-9]{2}|[1-5]xx|0)$/.test(value)),
      instance: params.getAll('instance'),
      zone: params.getAll('zone'),
      route: params.getAll('route'),
      method: params.getAll('method'),
    },
    errorsOnly: params.get('errors') === 'only',
    minDurationMs: duration(params.get('min')),
    maxDurationMs: duration(params.get('max')),
    traceId: traceId && isTraceId(traceId) ? traceId.toLowerCase() : undefined,
  };
}

/** Converts the filters to a part of an API query. */
export function toQuery(filters: RequestFilters): ListRequestsQuery {
  return {
    ...filters.facets,
    errorsOnly: filters.errorsOnly || undefined,
    minDurationMs: filters.minDurationMs,
    maxDurationMs: filters.maxDurationMs,
    traceId: filters.traceId,
  };
}

/** Number of active filters. */
export function countFilters(filters: RequestFilters): number {
  const { facets, errorsOnly, minDurationMs, maxDurationMs, traceId } = filters;
  return (
    Object.values(facets).filter(values => values.length > 0).length +
    [errorsOnly, minDurationMs, maxDurationMs, traceId].filter(
      value => value !== undefined && value !== false,
    ).length
  );
}

/** A new filter starts at the first page. */
export const FIRST_PAGE: ParamChange = { cursor: undefined, page: undefined };

/** The URL change that removes every filter. */
export const NO_FILTERS: ParamChange = {
  ...FIRST_PAGE,
  ...Object.fromEntries(FACETS.map(name => [name, undefined])),
  errors: undefined,
  min: undefined,
  max: undefined,
  trace: undefined,
};
