import fc from 'fast-check';
import type { TestResourceSpans, TestSpan } from './otlp';
import { NOW_NS } from './scanBody';

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
export const hexId = (bytes: number) =>
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
/** Generates spans of any kind, with the attributes that ingest reads and others. */
export const groups: fc.Arbitrary<TestResourceSpans[]> = fc.array(
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
