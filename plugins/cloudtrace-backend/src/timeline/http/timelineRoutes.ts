import type { GetTimelineQuery } from '@cloudtrace/plugin-cloudtrace-common';
import type { AuthorizedTimelineService } from '../AuthorizedTimelineService';
import { ENTITY_PATH, type AddRoute } from '../../http/ApiOperations';
import { parseEntityRef } from '../../http/parseEntityRef';
import { parseRange } from '../../http/parseRange';

/** Routes of the timeline. */
export function timelineRoutes(service: AuthorizedTimelineService) {
  return (add: AddRoute) => {
    add<GetTimelineQuery>({
      operationId: 'getTimeline',
      method: 'get',
      path: `${ENTITY_PATH}/timeline`,
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
  };
}
