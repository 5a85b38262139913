import type { ListFleetQuery } from '@cloudtrace/plugin-cloudtrace-common';
import type { AuthorizedFleetPageService } from '../AuthorizedFleetPageService';
import type { AddRoute } from '../../http/ApiOperations';
import { parseRange } from '../../http/parseRange';

/** Route for all services that the caller may see. */
export function fleetPageRoutes(service: AuthorizedFleetPageService) {
  return (add: AddRoute) => {
    add<ListFleetQuery>({
      operationId: 'listFleet',
      method: 'get',
      path: '/v1/fleet',
      audit: { eventId: 'fleet-list' },
      handle: async ({ query, credentials }) =>
        service.list(
          {
            ...parseRange(query),
            environment: query.environment,
            owner: query.owner,
            system: query.system,
            query: query.query,
            cursor: query.cursor,
            limit: query.limit ?? 50,
          },
          { credentials },
        ),
    });
  };
}
