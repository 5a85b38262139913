import { register } from 'node:module';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type { Config } from '../config/config.js';
import type { Instance } from '../instance/types.js';

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

  const sdk = new NodeSDK({
    serviceName: config.OTEL_SERVICE_NAME,
    resource: resourceFromAttributes({
      'service.instance.id': instance.id,
      'cloud.availability_zone': instance.zone,
      'deployment.environment.name': config.DEPLOYMENT_ENVIRONMENT,
    }),
    // The process and host detectors would repeat command lines and kernel details in every batch.
    resourceDetectors: [envDetector],
    spanProcessors: spanProcessors(config, instance),
    instrumentations: await instrumentations(config),
    // A caller could send `traceparent` with the sampled bit off, but every request must be counted.
    ...(process.env['OTEL_TRACES_SAMPLER']
      ? {}
      : { sampler: new AlwaysOnSampler() }),
  });
  sdk.start();
  return { shutdown: () => sdk.shutdown() };
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
