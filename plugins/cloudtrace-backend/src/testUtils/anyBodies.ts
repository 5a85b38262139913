import fc from 'fast-check';
import type { OtlpEncoding } from '../ingest/IngestService';
import { groups } from './anySpans';
import type { TestBody } from './IngestPipeline';
import {
  exportRequestType,
  otlpRequest,
  type TestAttributes,
  type TestResourceSpans,
} from './otlp';
import { NOW_NS } from './scanBody';

const RESOURCE = {
  'service.instance.id': 'i-1',
  'k8s.pod.name': 'pod-1',
  'host.name': 'host-1',
  'cloud.availability_zone': 'zone-a',
};
const HTTP = {
  'http.request.method': 'GET',
  'http.route': '/items/{id}',
  'http.response.status_code': 503,
};
const RPC = {
  'rpc.system': 'grpc',
  'rpc.service': 'shop.Cart',
  'rpc.method': 'Add',
  'rpc.grpc.status_code': 13,
};
const MESSAGING = {
  'messaging.operation.type': 'process',
  'messaging.operation.name': 'consume',
  'messaging.destination.template': 'orders.{id}',
  'messaging.destination.name': 'orders.7',
};
const OLD = {
  'http.method': 'PUT',
  'http.status_code': 404,
  'rpc.system.name': 'connectrpc',
  'rpc.status_code': 'UNAVAILABLE',
  'messaging.destination': 'old',
  'messaging.operation': 'process',
};
/** Attributes of one convention, of several at once, and of none. */
const SHAPES: TestAttributes[] = [
  HTTP,
  RPC,
  MESSAGING,
  { ...HTTP, ...RPC, ...MESSAGING, ...OLD },
  {},
];

const FIELDS = ['name', 'kind', 'startTimeUnixNano', 'endTimeUnixNano'];
const PARTS = ['traceId', 'spanId', 'attributes', 'status', ...FIELDS];

type Request = ReturnType<typeof otlpRequest>;

/** Spans of each shape, complete and with each field missing in turn. */
function partialRequests(): Request[] {
  return SHAPES.flatMap(attributes =>
    [2, 5].flatMap(kind => {
      const make = (more: TestAttributes, resource: TestAttributes) =>
        otlpRequest([
          {
            resource,
            spans: [{ name: 'any', kind, startNs: NOW_NS, attributes: more }],
          },
        ]);
      return [
        make(attributes, RESOURCE),
        ...eachMissing(attributes).map(rest => make(rest, RESOURCE)),
        ...eachMissing(RESOURCE).map(rest => make(attributes, rest)),
        ...PARTS.map(part => {
          const request = make(attributes, RESOURCE);
          delete (request.resourceSpans[0].scopeSpans[0].spans[0] as any)[part];
          return request;
        }),
      ];
    }),
  );
}

function eachMissing(attributes: TestAttributes): TestAttributes[] {
  return Object.keys(attributes).map(missing => {
    const { [missing]: _, ...rest } = attributes;
    return rest;
  });
}

/** One request span a hundred times: its names are far into the body. */
function repeat(request: Request): Request {
  const copy: Request = JSON.parse(JSON.stringify(request));
  copy.resourceSpans.forEach(({ scopeSpans }) =>
    scopeSpans.forEach(scope => {
      const [first] = scope.spans;
      scope.spans = Array.from({ length: 100 }, () => ({ ...first }));
    }),
  );
  return copy;
}

const anyRequest: fc.Arbitrary<Request> = groups.map(
  (input: TestResourceSpans[]) => otlpRequest(input),
);

/** Bytes that are truncated or changed somewhere, which often makes the body invalid. */
const damage = fc.option(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.boolean(),
  }),
  { freq: 1 },
);

/**
 * All bodies that lack one field, as many others that fast-check generates from
 * the seed, and long ones.
 */
export function sampleBodies(seed: number): TestBody[] {
  const partial = partialRequests();
  const others = fc.sample(anyRequest, { numRuns: partial.length, seed });
  const requests = [
    ...partial,
    ...others,
    ...partial.filter((_, index) => index % 10 === 0).map(repeat),
  ];
  const harms = fc.sample(damage, { numRuns: requests.length, seed });
  return requests.map((request, index) => {
    const encoding = (index + seed) % 2 === 0 ? 'json' : 'protobuf';
    const body = encode(withOwnIds(request, seed, index), encoding);
    const harm = harms[index];
    // All bodies that lack a field stay intact.
    const whole = index < partial.length || !harm;
    return { body: whole ? body : spoil(body, harm), encoding };
  });
}

/** No two spans share an id, because a body that is already known is not stored. */
function withOwnIds(request: Request, seed: number, index: number): Request {
  let next = 0;
  for (const { scopeSpans } of request.resourceSpans) {
    for (const span of scopeSpans.flatMap(scope => scope.spans)) {
      const id = `${hex(seed + 1)}${hex(index + 1)}`;
      if (span.spanId !== undefined) span.spanId = id;
      if (span.traceId !== undefined) {
        span.traceId = `${id}00000001${hex(next++)}`;
      }
    }
  }
  return request;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}

function encode(request: Request, encoding: OtlpEncoding): Buffer {
  if (encoding === 'json') {
    return Buffer.from(JSON.stringify(request));
  }
  const withBytes = JSON.parse(JSON.stringify(request), (key, value) =>
    key === 'traceId' || key === 'spanId' ? Buffer.from(value, 'hex') : value,
  );
  return Buffer.from(
    exportRequestType.encode(exportRequestType.fromObject(withBytes)).finish(),
  );
}

function spoil(
  body: Buffer,
  { at, cut }: { at: number; cut: boolean },
): Buffer {
  const position = Math.floor(at * body.length);
  if (cut) {
    return body.subarray(0, position);
  }
  const changed = Buffer.from(body);
  if (changed.length > 0) changed[position % changed.length] ^= 0x10;
  return changed;
}
