import type {
  GetHealthQuery,
  GetMetricsQuery,
  GetScalingQuery,
  ListFailoversQuery,
  ListScalingActivitiesQuery,
} from '@cloudtrace/plugin-cloudtrace-common';
import { maxHealthGroups } from '../../fleet/chooseHealthGroups';
import type { FleetService } from '../../fleet/FleetService';
import { entityPath, type AddRoute } from '../createRouter';
import { parseEntityRef } from '../request/parseEntityRef';
import { parseRange } from '../request/parseRange';

/** Health, scaling, failovers and metrics. */
export function fleetRoutes(service: FleetService) {
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
      path: `${entityPath}/health`,
      audit: { eventId: 'fleet-read', queryType: 'health' },
      handle: async ({ params, query, credentials }) =>
        service.getHealth(
          { ...rangeOf(params, query), maxGroups: maxHealthGroups },
          { credentials },
        ),
    });

    add<GetScalingQuery>({
      operationId: 'getScaling',
      method: 'get',
      path: `${entityPath}/scaling`,
      audit: { eventId: 'fleet-read', queryType: 'scaling' },
      handle: async ({ params, query, credentials }) =>
        service.getScaling(rangeOf(params, query), { credentials }),
    });

    add<ListScalingActivitiesQuery>({
      operationId: 'listScalingActivities',
      method: 'get',
      path: `${entityPath}/scaling/activities`,
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

    add<ListFailoversQuery>({
      operationId: 'listFailovers',
      method: 'get',
      path: `${entityPath}/failovers`,
      audit: { eventId: 'fleet-read', queryType: 'failovers' },
      handle: async ({ params, query, credentials }) =>
        service.listFailovers(
          {
            ...rangeOf(params, query),
            subjectKinds: query.subjectKind,
            cursor: query.cursor,
            limit: query.limit ?? 50,
          },
          { credentials },
        ),
    });

    add({
      operationId: 'getFailover',
      method: 'get',
      path: `${entityPath}/failovers/:failoverId`,
      audit: { eventId: 'fleet-read', queryType: 'failover' },
      handle: ({ params, credentials }) =>
        service.getFailover(
          {
            entityRef: parseEntityRef(params),
            failoverId: params.failoverId,
          },
          { credentials },
        ),
    });

    add<GetMetricsQuery>({
      operationId: 'getMetrics',
      method: 'get',
      path: `${entityPath}/metrics`,
      audit: { eventId: 'fleet-read', queryType: 'metrics' },
      handle: async ({ params, query, credentials }) =>
        service.getMetrics(
          { ...rangeOf(params, query), set: query.set },
          { credentials },
        ),
    });
  };
}
