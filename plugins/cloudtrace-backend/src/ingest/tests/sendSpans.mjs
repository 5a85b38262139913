// Sends spans with the official exporters, as an application would. In a
// process of its own, for the exporters load modules that Jest cannot.
// node sendSpans.mjs <url> <token> <protobuf|json> <none|gzip> <instance>
// Without a url, the exporter takes all from its environment variables.
import { context, SpanKind, trace } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
} from '@opentelemetry/sdk-trace-base';

const [url, token, encoding, compression, instance] = process.argv.slice(2);
const Exporter = encoding === 'json' ? JsonExporter : ProtobufExporter;
const provider = new BasicTracerProvider({
  resource: resourceFromAttributes({
    'service.name': 'shop',
    'service.instance.id': instance,
    'cloud.availability_zone': 'zone-a',
  }),
  spanProcessors: [
    new BatchSpanProcessor(
      new Exporter(
        url
          ? { url, headers: { authorization: `Bearer ${token}` }, compression }
          : {},
      ),
    ),
  ],
});
const tracer = provider.getTracer('test');
for (let index = 0; index < 20; index++) {
  const span = tracer.startSpan('GET /carts/{id}', {
    kind: SpanKind.SERVER,
    attributes: { 'http.request.method': 'GET', 'http.route': '/carts/{id}' },
  });
  const inside = trace.setSpan(context.active(), span);
  tracer.startSpan('SELECT', { kind: SpanKind.CLIENT }, inside).end();
  span.setAttribute('http.response.status_code', index === 0 ? 502 : 200);
  span.end();
}
await provider.forceFlush();
await provider.shutdown();
