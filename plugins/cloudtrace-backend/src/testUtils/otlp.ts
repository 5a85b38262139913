import { parse, type Type } from 'protobufjs';

/*
 * Export requests for tests, encoded by protobufjs as the reference for the
 * scanner. The messages contain those parts of
 * opentelemetry/proto/trace/v1/trace.proto that tests need.
 */
const { root } = parse(`
  syntax = "proto3";
  message AnyValue {
    oneof value {
      string string_value = 1; bool bool_value = 2; int64 int_value = 3;
      double double_value = 4; ArrayValue array_value = 5; bytes bytes_value = 7;
    }
  }
  message ArrayValue { repeated AnyValue values = 1; }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message Resource { repeated KeyValue attributes = 1; uint32 dropped_attributes_count = 2; }
  message InstrumentationScope { string name = 1; string version = 2; }
  message Status { string message = 2; int32 code = 3; }
  message Event { fixed64 time_unix_nano = 1; string name = 2; repeated KeyValue attributes = 3; }
  message Span {
    bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; bytes parent_span_id = 4;
    string name = 5; int32 kind = 6; fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8;
    repeated KeyValue attributes = 9; repeated Event events = 11; Status status = 15; fixed32 flags = 16;
  }
  message ScopeSpans { InstrumentationScope scope = 1; repeated Span spans = 2; string schema_url = 3; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; string schema_url = 3; }
  message ExportTraceServiceRequest { repeated ResourceSpans resource_spans = 1; }
  message ExportTracePartialSuccess { int64 rejected_spans = 1; string error_message = 2; }
  message ExportTraceServiceResponse { ExportTracePartialSuccess partial_success = 1; }
  message RpcStatus { int32 code = 1; string message = 2; }
`);

/** protobufjs's ExportTraceServiceRequest. */
export const exportRequestType: Type = root.lookupType(
  'ExportTraceServiceRequest',
);
const exportResponseType = root.lookupType('ExportTraceServiceResponse');
const rpcStatusType = root.lookupType('RpcStatus');

/** Value of an attribute. */
export type TestAttributes = Record<string, string | number | bigint>;

/** A span; omitted fields get a sensible value. */
export interface TestSpan {
  traceId?: string;
  spanId?: string;
  name?: string;
  /** 2 is SERVER, 5 is CONSUMER. */
  kind?: number;
  /** Nanoseconds since 1970. */
  startNs?: bigint;
  durationNs?: bigint;
  attributes?: TestAttributes;
  /** 2 is ERROR. */
  statusCode?: number;
}

/** Spans of one resource. */
export interface TestResourceSpans {
  resource?: TestAttributes;
  spans: TestSpan[];
}

let counter = 0;

/** Creates a hexadecimal id that no other test span has. */
export function testId(digits: 16 | 32): string {
  return `a${(++counter).toString(16).padStart(digits - 1, '0')}`;
}

/** Creates an HTTP server span that started now. */
export function httpSpan(more: TestSpan = {}): TestSpan {
  return {
    name: 'GET /items/{id}',
    ...more,
    attributes: {
      'http.request.method': 'GET',
      'http.route': '/items/{id}',
      'http.response.status_code': 200,
      'url.path': '/items/7',
      ...more.attributes,
    },
  };
}

/** Creates an export request in the JSON encoding of OTLP, as an object. */
export function otlpRequest(groups: TestResourceSpans[]) {
  return {
    resourceSpans: groups.map(({ resource, spans }) => ({
      resource: {
        attributes: toKeyValues(
          resource ?? {
            'service.name': 'test',
            'service.instance.id': 'i-1',
            'cloud.availability_zone': 'zone-a',
          },
        ),
      },
      scopeSpans: [
        { scope: { name: 'test', version: '1' }, spans: spans.map(toOtlpSpan) },
      ],
    })),
  };
}

/** Creates an export request as JSON. */
export function otlpJson(groups: TestResourceSpans[]): Buffer {
  return Buffer.from(JSON.stringify(otlpRequest(groups)));
}

/** Creates an export request as protobuf, encoded by protobufjs. */
export function otlpProtobuf(groups: TestResourceSpans[]): Buffer {
  return jsonToProtobuf(otlpRequest(groups));
}

/** The same request as protobuf. */
export function jsonToProtobuf(
  request: ReturnType<typeof otlpRequest>,
): Buffer {
  const withBytes = {
    resourceSpans: request.resourceSpans.map(group => ({
      ...group,
      scopeSpans: group.scopeSpans.map(scope => ({
        ...scope,
        spans: scope.spans.map(span => ({
          ...span,
          traceId: Buffer.from(span.traceId, 'hex'),
          spanId: Buffer.from(span.spanId, 'hex'),
        })),
      })),
    })),
  };
  return Buffer.from(
    exportRequestType.encode(exportRequestType.fromObject(withBytes)).finish(),
  );
}

/** Decodes the body of a successful response. */
export function decodeExportResponse(body: Uint8Array): {
  partialSuccess?: { rejectedSpans?: string; errorMessage?: string };
} {
  return exportResponseType.toObject(exportResponseType.decode(body), {
    longs: String,
  });
}

/** Decodes the body of an error. */
export function decodeRpcStatus(body: Uint8Array): {
  code?: number;
  message?: string;
} {
  return rpcStatusType.toObject(rpcStatusType.decode(body));
}

function toOtlpSpan(span: TestSpan) {
  const start = span.startNs ?? BigInt(Date.now()) * 1_000_000n;
  return {
    traceId: span.traceId ?? testId(32),
    spanId: span.spanId ?? testId(16),
    name: span.name ?? '',
    kind: span.kind ?? 2,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + (span.durationNs ?? 5_000_000n)),
    attributes: toKeyValues(span.attributes ?? {}),
    status: { code: span.statusCode ?? 0 },
  };
}

function toKeyValues(attributes: TestAttributes) {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value:
      typeof value === 'string'
        ? { stringValue: value }
        : { intValue: String(value) },
  }));
}
