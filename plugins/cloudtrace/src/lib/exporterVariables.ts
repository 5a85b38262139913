/** Quotes a value for both POSIX shells and `.env` files. */
function quoted(value: string): string {
  return /^[A-Za-z0-9_./:=,%@+<>-]*$/.test(value) && !/[<>]/.test(value)
    ? value
    : `"${value.replace(/(["\\$`])/g, '\\$1')}"`;
}

/**
 * Returns the environment variables that make a stock OpenTelemetry SDK send
 * its spans to CloudTrace. Only traces are enabled: other signals have no
 * endpoint here, and an exporter would log an error for each batch.
 */
export function exporterVariables(options: {
  otlpEndpoint: string;
  serviceName: string;
  environment: string;
  token?: string;
}): string {
  const { otlpEndpoint, serviceName, environment, token = '<token>' } = options;
  const variables: Array<[string, string]> = [
    ['OTEL_SERVICE_NAME', serviceName],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', otlpEndpoint],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http/protobuf'],
    // The specification requires percent-encoded header values.
    ['OTEL_EXPORTER_OTLP_HEADERS', `Authorization=Bearer%20${token}`],
    [
      'OTEL_RESOURCE_ATTRIBUTES',
      `deployment.environment.name=${encodeURIComponent(environment)}`,
    ],
    ['OTEL_TRACES_EXPORTER', 'otlp'],
    ['OTEL_METRICS_EXPORTER', 'none'],
    ['OTEL_LOGS_EXPORTER', 'none'],
  ];
  return variables
    .map(([name, value]) => `${name}=${quoted(value)}`)
    .join('\n');
}
