import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import {
  registerInstrumentations,
  type Instrumentation,
} from '@opentelemetry/instrumentation';
import type { Resource } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  type Sampler,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';

/** Starts tracing as the whole SDK does, without loading what only metrics, logs and other protocols need (17 MiB). */
export function startTracing(options: {
  resource: Resource;
  spanProcessors: SpanProcessor[];
  instrumentations: Instrumentation[];
  sampler?: Sampler;
}): { shutdown(): Promise<void> } {
  const { instrumentations, spanProcessors, ...tracing } = options;
  context.setGlobalContextManager(
    new AsyncLocalStorageContextManager().enable(),
  );
  propagation.setGlobalPropagator(
    new CompositePropagator({
      propagators: [
        new W3CTraceContextPropagator(),
        new W3CBaggagePropagator(),
      ],
    }),
  );
  registerInstrumentations({ instrumentations });
  // Without a receiver, nothing records.
  if (spanProcessors.length === 0) return { shutdown: async () => {} };
  const provider = new BasicTracerProvider({ ...tracing, spanProcessors });
  trace.setGlobalTracerProvider(provider);
  return provider;
}
