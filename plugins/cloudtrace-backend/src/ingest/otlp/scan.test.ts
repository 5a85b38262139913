import fc from 'fast-check';
import { EntityDictionary } from '../dictionary/EntityDictionary';
import { BodyTooLargeError, MalformedBodyError } from '../errors';
import { ROW_BYTES, ROW_OFFSET, POSTGRES_EPOCH_US } from '../rows/requestRow';
import { RowBuffer } from '../rows/RowBuffer';
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
import { JsonReader } from './JsonReader';
import { ProtobufReader } from './ProtobufReader';
import { scanJson } from './scanJson';
import { scanProtobuf } from './scanProtobuf';
import { SpanSink } from './SpanSink';

/*
 * CLOUDTRACE_FUZZ_RUNS sets how many mutated bodies each mutation test sends
 * through the scanners (default 3000), CLOUDTRACE_FUZZ_SEED where they start.
 */
const FUZZ_RUNS = Number(process.env.CLOUDTRACE_FUZZ_RUNS ?? 3000);
const FUZZ_SEED = Number(process.env.CLOUDTRACE_FUZZ_SEED ?? 20261121);

const NOW_US = 1_800_000_000_000_000;
const NOW_NS = BigInt(NOW_US) * 1000n;
const LIMITS = {
  maxSpans: 1000,
  oldestUs: NOW_US - 86_400_000_000,
  newestUs: NOW_US + 600_000_000,
};
const origin = {
  entityId: 7,
  entityRef: 'component:default/x',
  environment: 'e',
};

/** Scans a body as ingest does: again with ids once names are known. */
function scan(
  body: Buffer,
  encoding: 'protobuf' | 'json',
  maxFields = 100_000,
) {
  const sink = new SpanSink();
  const rows = new RowBuffer(LIMITS.maxSpans);
  const dictionary = new EntityDictionary();
  const routes = new Map<number, string>();
  const instances = new Map<number, string>();
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  for (let id = 1; ; ) {
    rows.length = 0;
    sink.startBody({ body, view, rows, origin, dictionary, limits: LIMITS });
    if (encoding === 'protobuf') {
      scanProtobuf(
        new ProtobufReader(body, view, maxFields),
        body.length,
        sink,
      );
    } else {
      scanJson(new JsonReader(body, maxFields), sink);
    }
    if (sink.unknown.routes.size + sink.unknown.instances.size === 0) {
      break;
    }
    for (const [key, { method, route }] of sink.unknown.routes) {
      routes.set(id, `${method}|${route}`);
      dictionary.learnRoutes([{ key, id: id++, overflow: false }]);
    }
    for (const [key, { instanceKey, zone }] of sink.unknown.instances) {
      instances.set(id, `${instanceKey}|${zone}`);
      dictionary.learnInstances([{ key, id: id++, overflow: false }]);
    }
  }
  return {
    outcome: sink.outcome,
    fingerprint: sink.fingerprint.toUuid(),
    rows: Array.from({ length: rows.length }, (_, row) => {
      const at = row * ROW_BYTES;
      const hex = (offset: number, bytes: number) =>
        rows.bytes.toString('hex', at + offset, at + offset + bytes);
      return {
        traceId: hex(ROW_OFFSET.traceId, 16),
        spanId: hex(ROW_OFFSET.spanId, 8),
        startedUs:
          Number(rows.view.getBigInt64(at + ROW_OFFSET.startedAt)) +
          POSTGRES_EPOCH_US,
        durationUs: Number(rows.view.getBigInt64(at + ROW_OFFSET.durationUs)),
        status: rows.view.getInt16(at + ROW_OFFSET.statusCode),
        flags: rows.view.getInt16(at + ROW_OFFSET.flags),
        entityId: rows.view.getInt32(at + ROW_OFFSET.entityId),
        route: routes.get(rows.view.getInt32(at + ROW_OFFSET.routeId)),
        instance: instances.get(rows.view.getInt32(at + ROW_OFFSET.instanceId)),
      };
    }),
  };
}

const one = (span: TestSpan, resource?: TestResourceSpans['resource']) => {
  const groups = [
    {
      spans: [
        { startNs: NOW_NS, traceId: testId(32), spanId: testId(16), ...span },
      ],
      resource,
    },
  ];
  const fromProtobuf = scan(otlpProtobuf(groups), 'protobuf');
  const fromJson = scan(otlpJson(groups), 'json');
  expect(fromJson).toEqual(fromProtobuf);
  return fromProtobuf.rows[0];
};

const text = fc.oneof(
  fc.constantFrom(
    'GET',
    '/items/{id}',
    'a "quoted" \\ path',
    'Übung',
    '💥',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const attributes = fc
  .uniqueArray(
    fc.tuple(
      fc.constantFrom(
        'http.request.method',
        'http.method',
        'http.route',
        'url.path',
        'rpc.system',
        'rpc.service',
        'rpc.method',
        'messaging.destination.name',
        'messaging.operation',
        'server.address',
        'http.response.status_codes',
      ),
      text,
    ),
    { selector: ([key]) => key, maxLength: 6 },
  )
  .map(pairs => Object.fromEntries(pairs));
const hexId = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map(id => Buffer.from(id).toString('hex'));
const span: fc.Arbitrary<TestSpan> = fc.record({
  traceId: hexId(16),
  spanId: hexId(8),
  name: text,
  kind: fc.constantFrom(0, 1, 2, 2, 2, 3, 5),
  startNs: fc.oneof(
    fc.bigInt(NOW_NS - 80_000_000_000_000n, NOW_NS),
    fc.bigInt(0n, 2n ** 64n - 1n - 2n ** 40n),
  ),
  durationNs: fc.bigInt(0n, 2n ** 40n),
  attributes: fc
    .tuple(attributes, fc.option(fc.integer({ min: -5, max: 70_000 })))
    .map(([texts, status]) =>
      status === null
        ? texts
        : { ...texts, 'http.response.status_code': status },
    ),
  statusCode: fc.constantFrom(0, 1, 2),
});
const groups: fc.Arbitrary<TestResourceSpans[]> = fc.array(
  fc.record({
    resource: fc.constantFrom(
      {},
      { 'service.instance.id': 'i-1', 'cloud.availability_zone': 'a' },
      { 'host.name': 'h', 'service.instance.id': 'i "2"' },
    ) as fc.Arbitrary<Record<string, string>>,
    spans: fc.array(span, { maxLength: 6 }),
  }),
  { maxLength: 3 },
);

describe('scanners', () => {
  it('read the same from protobuf and JSON, and every value exactly', () => {
    fc.assert(
      fc.property(groups, input => {
        const fromProtobuf = scan(otlpProtobuf(input), 'protobuf');
        const fromJson = scan(otlpJson(input), 'json');
        expect(fromJson).toEqual(fromProtobuf);
        const spans = input.flatMap(group => group.spans);
        const { outcome, rows } = fromProtobuf;
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
      }),
      { numRuns: 300 },
    );
  });

  it('give the JSON of plain protobuf the same meaning: base64 ids, numbers, enum names', () => {
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
    // The resource may come behind its spans, the value before its key.
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

  it('read protobuf whose fields are in another order', () => {
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
          'messaging.operation.type': 'receive',
          'messaging.destination.name': 'orders.7',
          'messaging.destination.template': 'orders.{id}',
        },
      },
      { route: 'receive|orders.{id}' },
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
  ])('take the route and status of %s', (_, input, expected) => {
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
    [{ 'aws.ecs.task.arn': 'arn', 'host.id': 'x' }, 'arn|'],
    [{ 'service.instance.id': '', 'host.name': 'h' }, 'h|'],
    [{ 'service.name': 's' }, '(unknown)|'],
  ])('name the instance of %p', (resource, expected) => {
    expect(one(httpSpan(), resource as any).instance).toBe(expected);
  });

  it('have equal fingerprints for equal spans only', () => {
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

describe('scanners on hostile bodies', () => {
  const expectTyped = (run: () => void) => {
    try {
      run();
      return undefined;
    } catch (error) {
      if (
        !(
          error instanceof MalformedBodyError ||
          error instanceof BodyTooLargeError
        )
      ) {
        throw error;
      }
      return error;
    }
  };
  const mutation = fc.record({
    at: fc.nat(),
    kind: fc.constantFrom('flip', 'cut', 'insert', 'repeat'),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }),
  });
  const mutate = (
    body: Buffer,
    mutations: { at: number; kind: string; bytes: Uint8Array }[],
  ) =>
    mutations.reduce((current, { at, kind, bytes }) => {
      const position = current.length === 0 ? 0 : at % current.length;
      const head = current.subarray(0, position);
      const tail = current.subarray(position);
      if (kind === 'cut') return Buffer.from(head);
      if (kind === 'insert') return Buffer.concat([head, bytes, tail]);
      if (kind === 'repeat')
        return Buffer.concat([head, tail.subarray(0, 20), tail]);
      const flipped = Buffer.from(current);
      if (flipped.length > 0) flipped[position] ^= bytes[0] || 1;
      return flipped;
    }, body);

  it('give a typed error or rows for any mutated protobuf', () => {
    fc.assert(
      fc.property(
        groups,
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        (input, mutations) => {
          expectTyped(() =>
            scan(mutate(otlpProtobuf(input), mutations), 'protobuf'),
          );
        },
      ),
      { numRuns: FUZZ_RUNS, seed: FUZZ_SEED },
    );
  });

  it('refuse exactly the mutated JSON that JSON.parse refuses', () => {
    fc.assert(
      fc.property(
        groups,
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        (input, mutations) => {
          const body = mutate(otlpJson(input), mutations);
          const error = expectTyped(() => scan(body, 'json'));
          let valid = true;
          try {
            JSON.parse(body.toString());
          } catch {
            valid = false;
          }
          if (!valid) {
            // A byte order mark or bad UTF-8 is the one thing that may differ.
            expect(error).toBeInstanceOf(MalformedBodyError);
          } else if (error) {
            expect(error.message).toMatch(
              /expected an? (object|array)|expected nothing/,
            );
          }
        },
      ),
      { numRuns: FUZZ_RUNS, seed: FUZZ_SEED },
    );
  });

  it.each([
    [
      '{} in millions',
      () => Buffer.from(`{"resourceSpans":[${'{},'.repeat(2_000_000)}{}]}`),
      'json',
      BodyTooLargeError,
    ],
    [
      'empty spans in millions',
      () => wrap(Buffer.alloc(4_000_000, Buffer.from([18, 0]))),
      'protobuf',
      BodyTooLargeError,
    ],
    [
      'unknown fields in millions',
      () => Buffer.alloc(6_000_000, Buffer.from([0x98, 0x06, 0])),
      'protobuf',
      BodyTooLargeError,
    ],
    [
      'arrays in arrays',
      () => Buffer.from('['.repeat(5_000_000)),
      'json',
      MalformedBodyError,
    ],
    [
      'unknown arrays in arrays',
      () => Buffer.from(`{"x":${'['.repeat(5_000_000)}`),
      'json',
      MalformedBodyError,
    ],
    [
      'a number without end',
      () => Buffer.alloc(1000, 0xff),
      'protobuf',
      MalformedBodyError,
    ],
    [
      'a group',
      () => Buffer.from([0x0b, 0x0c]),
      'protobuf',
      MalformedBodyError,
    ],
    [
      'field number 0',
      () => Buffer.from([0x02, 0x00]),
      'protobuf',
      MalformedBodyError,
    ],
    [
      'a length beyond the body',
      () => Buffer.from([10, 0xff, 0xff, 0xff, 0x7f]),
      'protobuf',
      MalformedBodyError,
    ],
    [
      'a text without end',
      () => Buffer.from('{"resourceSpans":"'),
      'json',
      MalformedBodyError,
    ],
    [
      'a byte order mark',
      () => Buffer.from('\ufeff{}'),
      'json',
      MalformedBodyError,
    ],
    ['two documents', () => Buffer.from('{}{}'), 'json', MalformedBodyError],
    ['nothing', () => Buffer.from(''), 'json', MalformedBodyError],
    ['an array', () => Buffer.from('[]'), 'json', MalformedBodyError],
    ['null', () => Buffer.from('null'), 'json', MalformedBodyError],
    [
      'a leading zero',
      () => Buffer.from('{"a":01}'),
      'json',
      MalformedBodyError,
    ],
    ['a bare minus', () => Buffer.from('{"a":-}'), 'json', MalformedBodyError],
    [
      'a trailing comma',
      () => Buffer.from('{"a":1,}'),
      'json',
      MalformedBodyError,
    ],
    [
      'a tab in a text',
      () => Buffer.from('{"a":"\t"}'),
      'json',
      MalformedBodyError,
    ],
    [
      'a wrong escape',
      () => Buffer.from('{"a":"\\x"}'),
      'json',
      MalformedBodyError,
    ],
  ] as const)('refuse %s quickly', (_, body, encoding, error) => {
    const bytes = body();
    const began = performance.now();
    expect(() => scan(bytes, encoding)).toThrow(error);
    // A fraction of a second each; what is read again and again takes minutes.
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('take numbers that PostgreSQL would refuse', () => {
    const json = (attribute: string) =>
      Buffer.from(
        `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${testId(
          32,
        )}","spanId":"${testId(16)}","kind":2,` +
          `"startTimeUnixNano":"${NOW_NS}","endTimeUnixNano":${NOW_NS},"attributes":[{"key":"http.status_code","value":${attribute}}]}]}]}]}`,
      );
    for (const value of [
      '{"intValue":1e400}',
      '{"intValue":"99999999999999999999"}',
      '{"intValue":2147483648}',
      '{"doubleValue":"NaN"}',
      '{"intValue":-1}',
    ]) {
      expect(scan(json(value), 'json').rows).toEqual([
        expect.objectContaining({ status: 0 }),
      ]);
    }
    expect(scan(json('{"doubleValue":404.0}'), 'json').rows[0].status).toBe(
      404,
    );
  });
});

function lengthOf(length: number): number[] {
  return length < 128
    ? [length]
    : [(length & 127) | 128, ...lengthOf(length >> 7)];
}

/** Bytes of a ScopeSpans as a whole request. */
function wrap(scopeSpans: Buffer): Buffer {
  const field = (tag: number, bytes: Buffer) =>
    Buffer.concat([Buffer.from([tag, ...lengthOf(bytes.length)]), bytes]);
  return field(10, field(18, scopeSpans));
}
