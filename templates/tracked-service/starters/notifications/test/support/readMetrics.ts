import protobuf from 'protobufjs';

/** A metric that a process exported. */
export interface ReceivedMetric {
  readonly instanceId: string | undefined;
  readonly name: string;
  /** The sum of its points: their values, or how many values a histogram has. */
  readonly value: number;
  /** The attributes of its points. */
  readonly attributes: readonly Readonly<Record<string, string | undefined>>[];
}

// The part of opentelemetry-proto's metrics service that tests assert on.
const schema = `
syntax = "proto3";
message Request { repeated ResourceMetrics resource_metrics = 1; }
message ResourceMetrics { Resource resource = 1; repeated ScopeMetrics scope_metrics = 2; }
message Resource { repeated KeyValue attributes = 1; }
message ScopeMetrics { repeated Metric metrics = 2; }
message Metric { string name = 1; Points gauge = 5; Points sum = 7; Histogram histogram = 9; }
message Points { repeated Point data_points = 1; }
message Point { double as_double = 4; sfixed64 as_int = 6; repeated KeyValue attributes = 7; }
message Histogram { repeated HistogramPoint data_points = 1; }
message HistogramPoint { fixed64 count = 4; repeated KeyValue attributes = 9; }
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue { oneof value { string string_value = 1; int64 int_value = 3; } }
`;
const requestType = protobuf.parse(schema).root.lookupType('Request');

interface KeyValue {
  readonly key: string;
  readonly value?: { readonly stringValue?: string };
}
interface Point {
  readonly asDouble?: number;
  readonly asInt?: number;
  readonly count?: number;
  readonly attributes: readonly KeyValue[];
}
type Points = { readonly dataPoints: readonly Point[] } | undefined;
interface MetricsRequest {
  readonly resourceMetrics: readonly {
    readonly resource?: { readonly attributes: readonly KeyValue[] };
    readonly scopeMetrics: readonly {
      readonly metrics: readonly {
        readonly name: string;
        readonly gauge?: Points;
        readonly sum?: Points;
        readonly histogram?: Points;
      }[];
    }[];
  }[];
}

/** Decodes an OTLP request with metrics. */
export function readMetrics(bytes: Buffer): ReceivedMetric[] {
  const { resourceMetrics } = requestType.toObject(requestType.decode(bytes), {
    arrays: true,
    longs: Number,
  }) as MetricsRequest;
  return resourceMetrics.flatMap(({ resource, scopeMetrics }) => {
    const instanceId = toRecord(resource?.attributes ?? [])[
      'service.instance.id'
    ];
    return scopeMetrics.flatMap(({ metrics }) =>
      metrics.map(({ name, gauge, sum, histogram }) => {
        const points = (gauge ?? sum ?? histogram)?.dataPoints ?? [];
        return {
          instanceId,
          name,
          value: points.reduce((total, point) => total + valueOf(point), 0),
          attributes: points.map(({ attributes }) => toRecord(attributes)),
        };
      }),
    );
  });
}

const valueOf = ({ asDouble, asInt, count }: Point) =>
  asDouble ?? asInt ?? count ?? 0;

function toRecord(attributes: readonly KeyValue[]) {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, value?.stringValue]),
  );
}
