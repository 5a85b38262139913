import type { GetDiagnosticsQuery } from '@cloudtrace/plugin-cloudtrace-common';
import type { DiagnosticsService } from '../types';
import { ENTITY_PATH, type AddRoute } from '../../http/ApiOperations';
import { parseEntityRef } from '../../http/parseEntityRef';

/** Routes of Diagnostics. */
export function diagnosticsRoutes(service: DiagnosticsService) {
  return (add: AddRoute) => {
    add<GetDiagnosticsQuery>({
      operationId: 'getDiagnostics',
      method: 'get',
      path: `${ENTITY_PATH}/diagnostics`,
      audit: { eventId: 'diagnostics-read' },
      handle: ({ params, query, credentials }) =>
        service.getDiagnostics(
          {
            entityRef: parseEntityRef(params),
            environment: query.environment,
          },
          { credentials },
        ),
    });
  };
}
