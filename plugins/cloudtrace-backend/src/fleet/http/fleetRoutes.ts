import type {
  GetHealthQuery,
  GetMetricsQuery,
  GetScalingQuery,
  ListScalingActivitiesQuery,
} from '@cloudtrace/plugin-cloudtrace-common';
import { MAX_HEALTH_GROUPS } from '../chooseHealthGroups';
import type { FleetStateService } from '../FleetStateService';
import { ENTITY_PATH, type AddRoute } from '../../http/ApiOperations';
import { parseEntityRef } from '../../http/parseEntityRef';
import { parseRange } from '../../http/parseRange';

/** Routes for health, scaling and metrics. */
export function fleetRoutes(service: FleetStateService) {
  const rangeOf = (
    params: Record<string, string>,
    query: { environment?: string; from?: string; to?: string },
  ) => ({
    entityRef: parseEntityRef(params),
    environment: query.environment,
    ...parseRange(query),
  });

  return (add: AddRoute) => {
    add<GetHealthQuery>({
      operationId: 'getHealth',
      method: 'get',
      path: `${ENTITY_PATH}/health`,
      audit: { eventId: 'fleet-read', queryType: 'health' },
      handle: async ({ params, query, credentials }) =>
        service.getHealth(
          { ...rangeOf(params, query), maxGroups: MAX_HEALTH_GROUPS },
          { credentials },
        ),
    });

    add<GetScalingQuery>({
      operationId: 'getScaling',
      method: 'get',
      path: `${ENTITY_PATH}/scaling`,
      audit: { eventId: 'fleet-read', queryType: 'scaling' },
      handle: async ({ params, query, credentials }) =>
        service.getScaling(rangeOf(params, query), { credentials }),
    });

    add<ListScalingActivitiesQuery>({
      operationId: 'listScalingActivities',
      method: 'get',
      path: `${ENTITY_PATH}/scaling/activities`,
      audit: { eventId: 'fleet-read', queryType: 'activities' },
      handle: async ({ params, query, credentials }) =>
        service.listActivities(
          {
            ...rangeOf(params, query),
            statuses: query.status,
            causes: query.cause,
            resource: query.resource,
            cursor: query.cursor,
            limit: query.limit ?? 50,
          },
          { credentials },
        ),
    });

    add<GetMetricsQuery>({
      operationId: 'getMetrics',
      method: 'get',
      path: `${ENTITY_PATH}/metrics`,
      audit: { eventId: 'fleet-read', queryType: 'metrics' },
      handle: async ({ params, query, credentials }) =>
        service.getMetrics(
          { ...rangeOf(params, query), set: query.set },
          { credentials },
        ),
    });
  };
}
