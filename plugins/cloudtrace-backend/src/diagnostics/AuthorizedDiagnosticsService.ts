import {
  cloudtraceFleetReadPermission,
  cloudtraceRequestsReadPermission,
  cloudtraceSecurityReadPermission,
  type Diagnostics,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { EntityAccess } from '../permissions/EntityAccess';
import type { DiagnosticsService } from './types';

/** Shows each caller only sources with data that the caller may read. */
export class AuthorizedDiagnosticsService implements DiagnosticsService {
  readonly #inner: DiagnosticsService;
  readonly #access: EntityAccess;

  constructor(inner: DiagnosticsService, access: EntityAccess) {
    this.#inner = inner;
    this.#access = access;
  }

  async getDiagnostics(
    query: Parameters<DiagnosticsService['getDiagnostics']>[0],
    options: Parameters<DiagnosticsService['getDiagnostics']>[1],
  ): Promise<Diagnostics> {
    const { allowed } = await this.#access.requireEntityWithAny(
      query.entityRef,
      [
        cloudtraceRequestsReadPermission,
        cloudtraceFleetReadPermission,
        cloudtraceSecurityReadPermission,
      ],
      options.credentials,
    );
    const [requests, fleet, scans] = allowed;
    const readable = {
      requests,
      archive: requests,
      fleet,
      scans,
      events: fleet,
    };
    const diagnostics = await this.#inner.getDiagnostics(query, options);
    return {
      ...diagnostics,
      sources: diagnostics.sources.filter(({ kind }) => readable[kind]),
    };
  }
}
