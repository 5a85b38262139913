import { InputError } from '@backstage/errors';
import type { GetRequestFacetsQuery } from '@cloudtrace/plugin-cloudtrace-common';
import type { RequestQuery } from '../RequestService';
import type { RequestStatusFilter } from '../types';
import { parseRange } from '../../http/parseRange';

/** Reads the filters of single requests. */
export function parseRequestFilter(
  entityRef: string,
  query: GetRequestFacetsQuery,
): RequestQuery {
  const { minDurationMs, maxDurationMs } = query;
  if (
    minDurationMs !== undefined &&
    maxDurationMs !== undefined &&
    minDurationMs > maxDurationMs
  ) {
    throw new InputError(
      `Invalid query parameter 'minDurationMs': must not be greater than 'maxDurationMs'`,
    );
  }
  return {
    entityRef,
    environment: query.environment,
    ...parseRange(query),
    instances: query.instance,
    zones: query.zone,
    routes: query.route,
    methods: query.method,
    statuses: query.status?.map(parseStatus),
    minDurationMs,
    maxDurationMs,
    traceId: query.traceId?.toLowerCase(),
    errorsOnly: query.errorsOnly,
  };
}

function parseStatus(status: string): RequestStatusFilter {
  if (status.endsWith('xx')) {
    const min = Number(status[0]) * 100;
    return { min, max: min + 99 };
  }
  return { min: Number(status), max: Number(status) };
}
