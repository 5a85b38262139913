import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type {
  Diagnostics,
  DiagnosticsSource,
} from '@cloudtrace/plugin-cloudtrace-common';

/** The subject of a report. */
export interface DiagnosticsScope {
  entityRef: string;
  entity: Entity;
  environment: string;
}

/**
 * Reports on one or more data sources for an environment of an entity. Each
 * area of the backend provides its own.
 */
export interface DiagnosticsReporter {
  report(scope: DiagnosticsScope): Promise<DiagnosticsSource[]>;
}

/** Explains why data is missing. */
export interface DiagnosticsService {
  getDiagnostics(
    query: { entityRef: string; environment?: string },
    options: { credentials: BackstageCredentials },
  ): Promise<Diagnostics>;
}
