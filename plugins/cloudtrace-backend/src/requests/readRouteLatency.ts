import {
  HOUR_MS,
  type RequestDetails,
} from '@cloudtrace/plugin-cloudtrace-common';
import { buildLoadDistribution } from './buildLoadDistribution';
import type { RequestStore, StoredRequest } from './types';

/** The latency of a request's route in the hour around it, from rollups; absent without any. */
export async function readRouteLatency(
  store: RequestStore,
  entityRef: string,
  request: StoredRequest,
): Promise<RequestDetails['routeLatencyMs']> {
  const { environment, method, route, startedAt } = request;
  const rollups = await store.readRollups({
    entityRef,
    environment,
    groupBy: 'route',
    stepMs: HOUR_MS,
    from: new Date(startedAt.getTime() - HOUR_MS / 2),
    to: new Date(startedAt.getTime() + HOUR_MS / 2),
  });
  const rows = rollups.rows.filter(
    row => row.method === method && row.route === route,
  );
  const current = { ...rollups, rows };
  return buildLoadDistribution({
    environment,
    groupBy: 'route',
    current,
    previous: { ...current, rows: [] },
    firstSeen: new Map(),
    limit: 1,
    now: rollups.to,
  }).totals.latencyMs;
}
