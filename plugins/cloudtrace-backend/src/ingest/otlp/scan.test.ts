import fc from 'fast-check';
import {
  exportRequestType,
  httpSpan,
  jsonToProtobuf,
  otlpJson,
  otlpProtobuf,
  otlpRequest,
  testId,
  type TestResourceSpans,
  type TestSpan,
} from '../../testUtils/otlp';
import { FLAG_CONSUMER } from '../../requests/row/requestRow';
import { groups, hexId } from '../../testUtils/anySpans';
import { lengthOf, NOW_NS, origin, scan } from '../../testUtils/scanBody';

const one = (span: TestSpan, resource?: TestResourceSpans['resource']) => {
  const sent = [
    {
      spans: [
        { startNs: NOW_NS, traceId: testId(32), spanId: testId(16), ...span },
      ],
      resource,
    },
  ];
  const fromProtobuf = scan(otlpProtobuf(sent), 'protobuf');
  const fromJson = scan(otlpJson(sent), 'json');
  expect(fromJson).toEqual(fromProtobuf);
  return fromProtobuf.rows[0];
};

describe('scanners', () => {
  it('read protobuf and JSON alike, with every value exact', () => {
    fc.assert(
      fc.property(groups, input => {
        const fromProtobuf = scan(otlpProtobuf(input), 'protobuf');
        const fromJson = scan(otlpJson(input), 'json');
        expect(fromJson).toEqual(fromProtobuf);
        const spans = input.flatMap(group => group.spans);
        const { outcome, rows, instanceKinds } = fromProtobuf;
        const rejected = Object.values(outcome.rejected).reduce(
          (a, b) => a + b,
          0,
        );
        expect(
          outcome.stored + outcome.ignored + outcome.duplicate + rejected,
        ).toBe(spans.length);
        for (const row of rows) {
          const source = spans.find(
            s => s.spanId === row.spanId && s.traceId === row.traceId,
          )!;
          const start = source.startNs!;
          expect(row.startedUs).toBe(Number(start / 1000n));
          expect(row.durationUs).toBe(
            Math.round(Number(source.durationNs!) / 1000),
          );
          expect(row.entityId).toBe(origin.entityId);
        }
        // Whatever order kinds have within a resource.
        expect(instanceKinds).toEqual(
          rows.map(({ flags }) =>
            (flags & FLAG_CONSUMER) === 0 ? 'server' : 'consumer',
          ),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('read an instance that is an integer with all of its digits', () => {
    for (const id of ['7', '-7', '9007199254740993']) {
      const { instance } = one(httpSpan(), {
        'service.instance.id': BigInt(id),
      });
      expect(instance).toBe(`${id}|`);
    }
  });

  it('read JSON after a byte order mark', () => {
    const body = otlpJson([{ spans: [httpSpan({ startNs: NOW_NS })] }]);
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]);
    expect(scan(marked, 'json').rows).toHaveLength(1);
  });

  it('read JSON in the style of plain protobuf alike: base64 ids, numbers, enum names', () => {
    const input = otlpRequest([
      { spans: [httpSpan({ startNs: NOW_NS, statusCode: 2 })] },
    ]);
    const plain = JSON.parse(JSON.stringify(input));
    const first = plain.resourceSpans[0].scopeSpans[0].spans[0];
    first.traceId = Buffer.from(first.traceId, 'hex').toString('base64');
    first.spanId = Buffer.from(first.spanId, 'hex').toString('base64');
    first.kind = 'SPAN_KIND_SERVER';
    first.status.code = 'STATUS_CODE_ERROR';
    first.attributes.forEach((a: any) => {
      if (a.value.intValue) a.value.intValue = Number(a.value.intValue);
    });
    first.unknownField = { deeply: [{ nested: null }] };
    // The resource may follow its spans, and a value may precede its key.
    plain.resourceSpans[0] = {
      scopeSpans: plain.resourceSpans[0].scopeSpans,
      resource: plain.resourceSpans[0].resource,
    };
    first.attributes = first.attributes.map(({ key, value }: any) => ({
      value,
      key,
    }));
    const body = Buffer.from(
      JSON.stringify(plain).replace('"traceId"', '"trace\\u0049d"'),
    );
    expect(scan(body, 'json')).toEqual(scan(jsonToProtobuf(input), 'protobuf'));
  });

  it('read protobuf with fields in another order', () => {
    const input = otlpRequest([{ spans: [httpSpan({ startNs: NOW_NS })] }]);
    const usual = jsonToProtobuf(input);
    const message: any = exportRequestType.decode(usual);
    const [group] = message.resourceSpans;
    const { root } = exportRequestType;
    const field = (tag: number, bytes: Uint8Array) =>
      Buffer.concat([Buffer.from([tag, ...lengthOf(bytes.length)]), bytes]);
    const resource = root
      .lookupType('Resource')
      .encode(group.resource)
      .finish();
    const scope = root
      .lookupType('ScopeSpans')
      .encode(group.scopeSpans[0])
      .finish();
    const swapped = field(
      10,
      Buffer.concat([field(18, scope), field(10, resource)]),
    );
    expect(scan(swapped, 'protobuf')).toEqual(scan(usual, 'protobuf'));
  });

  it.each<[string, TestSpan, object]>([
    ['HTTP', httpSpan(), { route: 'GET|/items/{id}', status: 200, flags: 0 }],
    [
      'old HTTP',
      {
        attributes: {
          'http.method': 'PUT',
          'http.route': '/x',
          'http.status_code': 500,
        },
      },
      { route: 'PUT|/x', status: 500, flags: 1 },
    ],
    [
      'old and new HTTP',
      {
        attributes: {
          'http.request.method': 'GET',
          'http.method': 'OLD',
          'http.response.status_code': 404,
          'http.status_code': 200,
          'http.route': '/',
        },
      },
      { route: 'GET|/', status: 404, flags: 0 },
    ],
    [
      'HTTP without route',
      { name: 'GET', attributes: { 'http.request.method': 'GET' } },
      { route: 'GET|(unknown)', status: 0 },
    ],
    [
      'HTTP named by its name',
      { name: 'GET /legacy', attributes: { 'http.request.method': 'GET' } },
      { route: 'GET|/legacy' },
    ],
    [
      'a status as text',
      {
        attributes: {
          'http.request.method': 'GET',
          'http.response.status_code': '503',
        },
      },
      { status: 503, flags: 1 },
    ],
    [
      'a status beyond numbers',
      {
        attributes: {
          'http.request.method': 'GET',
          'http.response.status_code': 70000,
        },
      },
      { status: 0 },
    ],
    [
      'old gRPC',
      {
        attributes: {
          'rpc.system': 'grpc',
          'rpc.service': 'shop.Cart',
          'rpc.method': 'Add',
          'rpc.grpc.status_code': 13,
        },
      },
      { route: 'grpc|shop.Cart/Add', status: 0, flags: 1 },
    ],
    [
      'new RPC',
      {
        attributes: {
          'rpc.system.name': 'grpc',
          'rpc.method': 'shop.Cart/Add',
          'rpc.response.status_code': 5,
        },
      },
      { route: 'grpc|shop.Cart/Add', flags: 0 },
    ],
    [
      'a message',
      {
        kind: 5,
        attributes: {
          'messaging.operation.name': 'process',
          'messaging.operation': 'old',
          'messaging.destination.name': 'orders',
        },
      },
      { route: 'process|orders', flags: 2 },
    ],
    [
      'a message of a template',
      {
        kind: 5,
        attributes: {
          'messaging.operation.type': 'process',
          'messaging.destination.name': 'orders.7',
          'messaging.destination.template': 'orders.{id}',
        },
      },
      { route: 'process|orders.{id}' },
    ],
    [
      'an old message',
      {
        kind: 5,
        statusCode: 2,
        attributes: {
          'messaging.operation': 'process',
          'messaging.destination': 'orders',
        },
      },
      { route: 'process|orders', flags: 3 },
    ],
    ['anything else', { name: 'nightly import' }, { route: '|nightly import' }],
    ['nothing', {}, { route: '|(unknown)' }],
    [
      'NUL and a long route',
      { attributes: { 'http.route': `/a\0b/${'é'.repeat(2000)}` } },
      { route: `|/ab/${'é'.repeat(508)}…` },
    ],
  ])('read the route and status of %s', (_, input, expected) => {
    expect(one(input)).toMatchObject(expected);
  });

  it.each([
    [
      {
        'service.instance.id': 'i',
        'host.name': 'h',
        'cloud.availability_zone': 'z',
      },
      'i|z',
    ],
    [{ 'host.name': 'h', 'container.id': 'c' }, 'c|'],
    [{ 'host.name': 'h', 'k8s.pod.name': 'p', 'host.id': 'x' }, 'p|'],
    // The OpenTelemetry Operator sets the first, some SDKs a random one.
    [{ 'service.instance.id': 'shop.p.app', 'k8s.pod.name': 'p' }, 'p|'],
    [
      {
        'service.instance.id': 'c7c8f2f5-4d6b-4e0e-9d0c-3f1f6b0e8a11',
        'aws.ecs.task.arn':
          'arn:aws:ecs:eu-central-1:123456789012:task/shop/5f1',
        'cloud.availability_zone': 'z',
      },
      '5f1|z',
    ],
    [{ 'aws.ecs.task.arn': 'task/a\\b/"c"', 'host.id': 'x' }, '"c"|'],
    [{ 'aws.ecs.task.arn': 'no-arn', 'host.id': 'x' }, 'no-arn|'],
    [{ 'aws.ecs.task.arn': 'task/', 'host.id': 'x' }, 'task/|'],
    [{ 'service.instance.id': '', 'host.name': 'h' }, 'h|'],
    [{ 'service.name': 's' }, '(unknown)|'],
  ])('name the instance of %p', (resource, expected) => {
    expect(one(httpSpan(), resource as any).instance).toBe(expected);
  });

  it('have equal fingerprints only for equal spans', () => {
    const spans = () => [
      httpSpan({ startNs: NOW_NS, traceId: testId(32), spanId: testId(16) }),
    ];
    const a = [{ spans: spans() }];
    const b = [{ spans: spans() }];
    expect(scan(otlpProtobuf(a), 'protobuf').fingerprint).toBe(
      scan(otlpJson(a), 'json').fingerprint,
    );
    expect(scan(otlpProtobuf(a), 'protobuf').fingerprint).not.toBe(
      scan(otlpProtobuf(b), 'protobuf').fingerprint,
    );
    const digests = new Set<string>();
    const ids = fc.sample(fc.tuple(hexId(16), hexId(8)), {
      numRuns: 2000,
      seed: 1,
    });
    for (const [traceId, spanId] of ids) {
      digests.add(
        scan(
          otlpProtobuf([
            { spans: [httpSpan({ startNs: NOW_NS, traceId, spanId })] },
          ]),
          'protobuf',
        ).fingerprint,
      );
    }
    expect(digests.size).toBe(new Set(ids.map(String)).size);
  });
});
