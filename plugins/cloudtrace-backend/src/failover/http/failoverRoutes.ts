import type { ListFailoversQuery } from '@cloudtrace/plugin-cloudtrace-common';
import { ENTITY_PATH, type AddRoute } from '../../http/ApiOperations';
import { parseEntityRef } from '../../http/parseEntityRef';
import { parseRange } from '../../http/parseRange';
import type { FailoverService } from '../FailoverService';

/** Failovers of an entity. */
export function failoverRoutes(service: FailoverService) {
  return (add: AddRoute) => {
    add<ListFailoversQuery>({
      operationId: 'listFailovers',
      method: 'get',
      path: `${ENTITY_PATH}/failovers`,
      audit: { eventId: 'fleet-read', queryType: 'failovers' },
      handle: async ({ params, query, credentials }) =>
        service.listFailovers(
          {
            entityRef: parseEntityRef(params),
            environment: query.environment,
            ...parseRange(query),
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
      path: `${ENTITY_PATH}/failovers/:failoverId`,
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
  };
}
