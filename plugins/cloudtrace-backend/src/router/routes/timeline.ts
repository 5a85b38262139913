import type {
  GetOverviewQuery,
  GetTimelineQuery,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { AuthorizedTimelineService } from '../../timeline/AuthorizedTimelineService';
import { entityPath, type AddRoute } from '../createRouter';
import { parseEntityRef } from '../request/parseEntityRef';
import { parseRange } from '../request/parseRange';

/** Timeline and overview. */
export function timelineRoutes(service: AuthorizedTimelineService) {
  return (add: AddRoute) => {
    add<GetTimelineQuery>({
      operationId: 'getTimeline',
      method: 'get',
      path: `${entityPath}/timeline`,
      audit: { eventId: 'timeline-read' },
      handle: async ({ params, query, credentials }) =>
        service.getTimeline(
          {
            entityRef: parseEntityRef(params),
            environment: query.environment,
            ...parseRange(query),
            kinds: query.kind,
            cursor: query.cursor,
            limit: query.limit ?? 200,
          },
          { credentials },
        ),
    });

    add<GetOverviewQuery>({
      operationId: 'getOverview',
      method: 'get',
      path: `${entityPath}/overview`,
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
