import type { GetDiagnosticsQuery } from '@cloudtrace/plugin-cloudtrace-common';
import type { DiagnosticsService } from '../../diagnostics/types';
import { entityPath, type AddRoute } from '../createRouter';
import { parseEntityRef } from '../request/parseEntityRef';

/** Why something is missing. */
export function diagnosticsRoutes(service: DiagnosticsService) {
  return (add: AddRoute) => {
    add<GetDiagnosticsQuery>({
      operationId: 'getDiagnostics',
      method: 'get',
      path: `${entityPath}/diagnostics`,
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
