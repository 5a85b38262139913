import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type {
  Diagnostics,
  DiagnosticsSource,
} from '@cloudtrace/plugin-cloudtrace-common';

/** What a reporter is asked about. */
export interface DiagnosticsScope {
  entityRef: string;
  entity: Entity;
  environment: string;
}

/**
 * Reports on one or more sources of data for an environment of an entity.
 * Each area of the backend brings its own.
 */
export interface DiagnosticsReporter {
  report(scope: DiagnosticsScope): Promise<DiagnosticsSource[]>;
}

/** Says why something is missing. */
export interface DiagnosticsService {
  getDiagnostics(
    query: { entityRef: string; environment?: string },
    options: { credentials: BackstageCredentials },
  ): Promise<Diagnostics>;
}
