import { register } from 'node:module';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import {
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import type { Config } from '../config/config.js';
import type { Instance } from '../instance/detectInstance.js';
import { startTracing } from './startTracing.js';

/** Running telemetry; `shutdown` sends what is still buffered. */
export interface Telemetry {
  shutdown(): Promise<void>;
}

/**
 * Starts OpenTelemetry. Must run before anything else loads `http` or `pg`, because the instrumentations patch modules
 * while they load.
 */
export async function startTelemetry(
  config: Config,
  instance: Instance,
): Promise<Telemetry> {
  // Metrics and logs leave the process only if their standard variables request it.
  process.env['OTEL_METRICS_EXPORTER'] ||= 'none';
  process.env['OTEL_LOGS_EXPORTER'] ||= 'none';

  const resource = resourceFromAttributes({
    'service.instance.id': instance.id,
    'cloud.availability_zone': instance.zone,
    'deployment.environment.name': config.DEPLOYMENT_ENVIRONMENT,
  });
  const tracing = {
    spanProcessors: spanProcessors(config, instance),
    instrumentations: await instrumentations(config),
    // A caller could send `traceparent` with the sampled bit off, but every request must be counted.
    ...(process.env['OTEL_TRACES_SAMPLER']
      ? {}
      : { sampler: new AlwaysOnSampler() }),
  };
  // The process and host detectors would repeat command lines and kernel details in every batch.
  const resourceDetectors = [envDetector];
  const serviceName = config.OTEL_SERVICE_NAME;
  if (!needsWholeSdk()) {
    return startTracing({
      ...tracing,
      resource: resource
        .merge(detectResources({ detectors: resourceDetectors }))
        .merge(resourceFromAttributes({ [ATTR_SERVICE_NAME]: serviceName })),
    });
  }
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({
    ...tracing,
    serviceName,
    resource,
    resourceDetectors,
  });
  sdk.start();
  return { shutdown: () => sdk.shutdown() };
}

/** Whether a standard variable asks for something other than tracing with its defaults. */
function needsWholeSdk(): boolean {
  const signals = ['OTEL_METRICS_EXPORTER', 'OTEL_LOGS_EXPORTER'];
  const others = ['OTEL_PROPAGATORS', 'OTEL_SDK_DISABLED', 'OTEL_LOG_LEVEL'];
  return (
    signals.some(name => process.env[name] !== 'none') ||
    others.some(name => process.env[name])
  );
}

function spanProcessors(config: Config, instance: Instance): SpanProcessor[] {
  const configured =
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] ||
    process.env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
  if (!configured) return [];
  return [
    new BatchSpanProcessor(
      new OTLPTraceExporter(authorization(config, instance)),
      {
        scheduledDelayMillis: config.OTEL_BSP_SCHEDULE_DELAY,
      },
    ),
  ];
}

/** The token from the secret store if one is configured; otherwise the standard variables apply. */
function authorization(
  config: Config,
  instance: Instance,
): { headers?: () => Promise<Record<string, string>> } {
  const secretArn = config.INGEST_TOKEN_SECRET_ARN;
  if (!secretArn) return {};
  // Loaded with the first batch: the client of the store loads `http`, which must be patched first.
  const load = async () => {
    const { IngestToken } = await import('./IngestToken.js');
    const { createLogger } = await import('./createLogger.js');
    return new IngestToken({
      secretArn,
      logger: createLogger(config, instance),
    });
  };
  let token: ReturnType<typeof load> | undefined;
  return { headers: async () => (await (token ??= load())).headers() };
}

async function instrumentations(config: Config): Promise<Instrumentation[]> {
  const http = new HttpInstrumentation({
    ignoreIncomingRequestHook: ({ url, headers }) =>
      url?.startsWith('/healthz/') ||
      // A stream lasts for hours; its span would count as one very slow request.
      headers.accept === 'text/event-stream',
    requireParentforOutgoingSpans: true,
  });
  const chosen: Instrumentation[] = [http];
  if (config.TRACE_DATABASE) {
    const { PgInstrumentation } =
      await import('@opentelemetry/instrumentation-pg');
    chosen.push(new PgInstrumentation({ requireParentSpan: true }));
  }
  if (process.env['OTEL_LOGS_EXPORTER'] !== 'none') {
    const { PinoInstrumentation } =
      await import('@opentelemetry/instrumentation-pino');
    // Pino is a function that must be replaced where ECMAScript modules import it; patching `require` does not do that.
    register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);
    // The logger adds trace ids itself, also if logs go only to standard output.
    chosen.push(new PinoInstrumentation({ disableLogCorrelation: true }));
  }
  return chosen;
}
