import type {
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  CLOUDTRACE_ANNOTATIONS,
  readAnnotation,
  type Diagnostics,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { EnvironmentResolver } from '../environments/EnvironmentResolver';
import type { EntityAccess } from '../permissions/EntityAccess';
import type { DiagnosticsReporter, DiagnosticsService } from './types';

/** Queries every reporter; a failing one is reported as failing and hides no other. */
export class DefaultDiagnosticsService implements DiagnosticsService {
  readonly #access: EntityAccess;
  readonly #environments: EnvironmentResolver;
  readonly #discovery: DiscoveryService;
  readonly #logger: LoggerService;
  readonly #reporters: ReadonlyArray<DiagnosticsReporter>;

  constructor(options: {
    access: EntityAccess;
    environments: EnvironmentResolver;
    discovery: DiscoveryService;
    logger: LoggerService;
    reporters: ReadonlyArray<DiagnosticsReporter>;
  }) {
    this.#access = options.access;
    this.#environments = options.environments;
    this.#discovery = options.discovery;
    this.#logger = options.logger;
    this.#reporters = options.reporters;
  }

  async getDiagnostics(
    query: Parameters<DiagnosticsService['getDiagnostics']>[0],
    { credentials }: Parameters<DiagnosticsService['getDiagnostics']>[1],
  ): Promise<Diagnostics> {
    const { entityRef } = query;
    const entity = await this.#access.getEntity(entityRef, credentials);
    const environment = await this.#environments.resolve(
      entityRef,
      query.environment,
      credentials,
    );
    const scope = {
      entityRef,
      entity,
      environment,
    };
    const outcomes = await Promise.allSettled(
      this.#reporters.map(reporter => reporter.report(scope)),
    );
    const sources = outcomes.flatMap(outcome => {
      if (outcome.status === 'fulfilled') return outcome.value;
      this.#logger.warn(
        `A part of the diagnostics of ${entityRef} failed`,
        outcome.reason,
      );
      return [];
    });
    if (sources.length === 0 && this.#reporters.length > 0) {
      throw (outcomes[0] as PromiseRejectedResult).reason;
    }
    const serviceName = readAnnotation(
      entity.metadata.annotations,
      CLOUDTRACE_ANNOTATIONS.serviceName,
      environment,
    );
    return {
      asOf: new Date().toISOString(),
      environment,
      sources,
      setup: {
        otlpEndpoint: `${await this.#discovery.getExternalBaseUrl(
          'cloudtrace',
        )}/otlp`,
        serviceName: serviceName ?? entity.metadata.name,
      },
    };
  }
}
