import type { ServiceSettings } from './settings/ServiceSettings.ts';

/** Environment variables with which a process (service or agent) sends its traces as the same service. */
export function telemetryEnvironment(
  settings: Pick<ServiceSettings, 'name' | 'environment' | 'otlpEndpoint'>,
  ingestTokenSecretArn: string,
): Record<string, string> {
  return {
    OTEL_SERVICE_NAME: settings.name,
    OTEL_RESOURCE_ATTRIBUTES: `deployment.environment.name=${settings.environment}`,
    // The process reads the token itself at intervals, so neither a first token nor a rotated one needs a new instance.
    ...(settings.otlpEndpoint && {
      INGEST_TOKEN_SECRET_ARN: ingestTokenSecretArn,
      OTEL_EXPORTER_OTLP_ENDPOINT: settings.otlpEndpoint,
    }),
  };
}
