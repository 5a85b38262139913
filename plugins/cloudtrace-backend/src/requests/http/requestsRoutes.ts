import type {
  GetLoadDistributionQuery,
  GetRequestFacetsQuery,
  GetRequestQuery,
  ListRequestsQuery,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { RequestService } from '../RequestService';
import { ENTITY_PATH, type AddRoute } from '../../http/ApiOperations';
import { parseEntityRef } from '../../http/parseEntityRef';
import { parseRange } from '../../http/parseRange';
import { parseRequestFilter } from './parseRequestFilter';
import { parseStep } from '../../http/parseStep';

/** Routes for environments, load distribution and single requests. */
export function requestRoutes(service: RequestService) {
  return (add: AddRoute) => {
    add({
      operationId: 'listEnvironments',
      method: 'get',
      path: `${ENTITY_PATH}/environments`,
      audit: { eventId: 'environments-read' },
      handle: ({ params, credentials }) =>
        service.listEnvironments(
          { entityRef: parseEntityRef(params) },
          { credentials },
        ),
    });

    add<GetLoadDistributionQuery>({
      operationId: 'getLoadDistribution',
      method: 'get',
      path: `${ENTITY_PATH}/load-distribution`,
      audit: { eventId: 'requests-read', queryType: 'load-distribution' },
      async handle({ params, query, credentials }) {
        const range = parseRange(query);
        return service.getLoadDistribution(
          {
            entityRef: parseEntityRef(params),
            environment: query.environment,
            ...range,
            groupBy: query.groupBy ?? 'instance',
            stepMs: parseStep(query.step, range),
            limit: query.limit ?? 100,
          },
          { credentials },
        );
      },
    });

    add<ListRequestsQuery>({
      operationId: 'listRequests',
      method: 'get',
      path: `${ENTITY_PATH}/requests`,
      audit: { eventId: 'requests-read', queryType: 'list' },
      handle: async ({ params, query, credentials }) =>
        service.listRequests(
          {
            ...parseRequestFilter(parseEntityRef(params), query),
            cursor: query.cursor,
            limit: query.limit ?? 50,
          },
          { credentials },
        ),
    });

    add<GetRequestFacetsQuery>({
      operationId: 'getRequestFacets',
      method: 'get',
      path: `${ENTITY_PATH}/requests/facets`,
      audit: { eventId: 'requests-read', queryType: 'facets' },
      handle: async ({ params, query, credentials }) =>
        service.getFacets(parseRequestFilter(parseEntityRef(params), query), {
          credentials,
        }),
    });

    add<GetRequestQuery>({
      operationId: 'getRequest',
      method: 'get',
      path: `${ENTITY_PATH}/requests/:traceId/:spanId`,
      audit: { eventId: 'requests-read', queryType: 'details' },
      handle: async ({ params, query, credentials }) =>
        service.getRequest(
          {
            entityRef: parseEntityRef(params),
            environment: query.environment,
            traceId: params.traceId.toLowerCase(),
            spanId: params.spanId.toLowerCase(),
            at: query.at === undefined ? undefined : new Date(query.at),
          },
          { credentials },
        ),
    });
  };
}
