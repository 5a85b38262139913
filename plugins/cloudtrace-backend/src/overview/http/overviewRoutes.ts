import type { GetOverviewQuery } from '@cloudtrace/plugin-cloudtrace-common';
import { ENTITY_PATH, type AddRoute } from '../../http/ApiOperations';
import { parseEntityRef } from '../../http/parseEntityRef';
import { parseRange } from '../../http/parseRange';
import type { AuthorizedOverviewService } from '../AuthorizedOverviewService';

/** Route for the overview of an entity. */
export function overviewRoutes(service: AuthorizedOverviewService) {
  return (add: AddRoute) => {
    add<GetOverviewQuery>({
      operationId: 'getOverview',
      method: 'get',
      path: `${ENTITY_PATH}/overview`,
      audit: { eventId: 'overview-read' },
      handle: async ({ params, query, credentials }) =>
        service.getOverview(
          {
            entityRef: parseEntityRef(params),
            environment: query.environment,
            ...parseRange(query),
          },
          { credentials },
        ),
    });
  };
}
