import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import protobuf from 'protobufjs';

export interface ReceivedSpan {
  readonly traceId: string;
  readonly name: string;
  readonly kind: string;
  readonly route: string | undefined;
  readonly statusCode: number | undefined;
  readonly instanceId: string | undefined;
  readonly zone: string | undefined;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
}

// The part of opentelemetry-proto's trace service that tests assert on.
const schema = `
syntax = "proto3";
message Request { repeated ResourceSpans resource_spans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
message Resource { repeated KeyValue attributes = 1; }
message ScopeSpans { repeated Span spans = 2; }
message Span { bytes trace_id = 1; string name = 5; int32 kind = 6; repeated KeyValue attributes = 9; }
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue { oneof value { string string_value = 1; int64 int_value = 3; } }
`;
const requestType = protobuf
  .parse(schema, { keepCase: false })
  .root.lookupType('Request');
const kinds = [
  'UNSPECIFIED',
  'INTERNAL',
  'SERVER',
  'CLIENT',
  'PRODUCER',
  'CONSUMER',
];

interface KeyValue {
  readonly key: string;
  readonly value?: {
    readonly stringValue?: string;
    readonly intValue?: number;
  };
}
interface TraceRequest {
  readonly resourceSpans: readonly {
    readonly resource?: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly {
        readonly traceId: string;
        readonly name: string;
        readonly kind: number;
        readonly attributes: readonly KeyValue[];
      }[];
    }[];
  }[];
}

/** Receives OTLP/HTTP protobuf as the portal does, and keeps the spans. */
export class SpanSink {
  readonly spans: ReceivedSpan[] = [];
  readonly tokens = new Set<string | undefined>();
  /** All texts in attributes of spans, to search for what must not be there. */
  readonly texts = new Set<string>();
  /** How often logs were received. */
  logBatches = 0;
  /** Requests with metrics, in protobuf. */
  readonly metricBatches: Buffer[] = [];
  readonly #server: Server = createServer((request, response) => {
    void this.#receive(request).then(
      () =>
        response
          .writeHead(200, { 'content-type': 'application/x-protobuf' })
          .end(),
      () => response.writeHead(400).end(),
    );
  });

  async listen(): Promise<string> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/otlp`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  async #receive(request: IncomingMessage): Promise<void> {
    if (request.url === '/otlp/v1/logs') {
      this.logBatches += 1;
      return;
    }
    const body = await buffer(request);
    const bytes =
      request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
    if (request.url === '/otlp/v1/metrics') {
      this.metricBatches.push(bytes);
      return;
    }
    if (request.url !== '/otlp/v1/traces') throw new Error('wrong path');
    this.tokens.add(request.headers.authorization);
    const decoded = requestType.toObject(requestType.decode(bytes), {
      arrays: true,
      longs: Number,
      bytes: String,
    }) as TraceRequest;
    this.spans.push(...toSpans(decoded));
    for (const text of textsOf(decoded)) this.texts.add(text);
  }
}

function textsOf({ resourceSpans }: TraceRequest): string[] {
  return resourceSpans
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ spans }) => spans)
    .flatMap(({ attributes }) => attributes)
    .flatMap(({ value }) => value?.stringValue ?? []);
}

function toSpans(request: TraceRequest): ReceivedSpan[] {
  return request.resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const ofResource = toMap(resource?.attributes ?? []);
    return scopeSpans.flatMap(scope =>
      scope.spans.map(span => {
        const ofSpan = toMap(span.attributes);
        return {
          traceId: Buffer.from(span.traceId, 'base64').toString('hex'),
          name: span.name,
          kind: kinds[span.kind] ?? 'OTHER',
          route: ofSpan.get('http.route')?.stringValue,
          statusCode: ofSpan.get('http.response.status_code')?.intValue,
          instanceId: ofResource.get('service.instance.id')?.stringValue,
          zone: ofResource.get('cloud.availability_zone')?.stringValue,
          attributes: Object.fromEntries(
            span.attributes.map(({ key, value }) => [
              key,
              value?.stringValue ?? value?.intValue,
            ]),
          ),
        };
      }),
    );
  });
}

function toMap(attributes: readonly KeyValue[]) {
  return new Map(attributes.map(({ key, value }) => [key, value]));
}
