import fc from 'fast-check';
import { groups as anyGroups } from '../../testUtils/anySpans';
import {
  otlpJson,
  otlpProtobuf,
  otlpRequest,
  type TestResourceSpans,
} from '../../testUtils/otlp';
import { scan } from '../../testUtils/scanBody';
import { MalformedBodyError } from '../errors';
import { BodyPart } from './BodyPart';
import { countSpans, splitBody } from './splitBody';

const ENCODINGS = ['protobuf', 'json'] as const;
type Encoding = (typeof ENCODINGS)[number];

const encode = (encoding: Encoding, groups: TestResourceSpans[]) =>
  encoding === 'json' ? otlpJson(groups) : otlpProtobuf(groups);

/** Splits a body by service. */
function split(body: Buffer, encoding: Encoding) {
  const parts = new Map<string, { part: BodyPart; spans: number }>();
  const foreign = splitBody(body, encoding, 100_000, (service, start, end) => {
    const key = JSON.stringify(service);
    const found = parts.get(key) ?? { part: new BodyPart(encoding), spans: 0 };
    found.part.add(start, end);
    found.spans += countSpans(body, encoding, start, end);
    parts.set(key, found);
  });
  return { parts, foreign };
}

const service = fc.record({
  name: fc.constantFrom('', 'shop', 'cart', 'a "quoted" name', 'Übung'),
  namespace: fc.constantFrom('', 'retail'),
  environment: fc.constantFrom('', 'production', 'staging'),
});

/** Groups of spans, each with the service of its resource. */
const bodies = fc
  .array(fc.tuple(anyGroups, service), { maxLength: 6 })
  .map(pairs =>
    pairs.flatMap(([groups, identity]) =>
      groups.map(group => ({
        identity,
        group: { ...group, resource: withService(group, identity) },
      })),
    ),
  );

function withService(
  { resource }: TestResourceSpans,
  { name, namespace, environment }: { [key: string]: string },
) {
  return {
    ...resource,
    ...(name ? { 'service.name': name } : {}),
    ...(namespace ? { 'service.namespace': namespace } : {}),
    ...(environment ? { 'deployment.environment.name': environment } : {}),
  };
}

describe.each(ENCODINGS)('splitBody, %s', encoding => {
  it('makes of each service the body that it would have sent itself', () => {
    fc.assert(
      fc.property(bodies, all => {
        const body = encode(
          encoding,
          all.map(({ group }) => group),
        );
        const { parts } = split(body, encoding);
        const own = new Map<string, TestResourceSpans[]>();
        for (const { identity, group } of all) {
          const key = JSON.stringify(identity);
          own.set(key, [...(own.get(key) ?? []), group]);
        }
        expect([...parts.keys()].sort()).toEqual([...own.keys()].sort());
        for (const [key, groups] of own) {
          const { part, spans } = parts.get(key)!;
          const got = part.toBody(body, () => undefined);
          expect(scan(got, encoding)).toEqual(
            scan(encode(encoding, groups), encoding),
          );
          expect(spans).toBe(groups.flatMap(group => group.spans).length);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('prefers the newest name of the environment', () => {
    const body = encode(encoding, [
      {
        resource: {
          'deployment.environment': 'old',
          'deployment.environment.name': 'new',
          'service.name': 'shop',
        },
        spans: [],
      },
      {
        resource: { 'deployment.environment': 'old', 'service.name': 'shop' },
        spans: [],
      },
    ]);
    expect([...split(body, encoding).parts.keys()]).toEqual([
      JSON.stringify({ name: 'shop', namespace: '', environment: 'new' }),
      JSON.stringify({ name: 'shop', namespace: '', environment: 'old' }),
    ]);
  });

  it('rejects a body that is cut off, with the position', () => {
    const body = encode(encoding, [{ spans: [{ name: 'a' }] }]);
    expect(() => split(body.subarray(0, body.length - 3), encoding)).toThrow(
      MalformedBodyError,
    );
  });

  it('finds the position in the whole body', () => {
    const groups = ['a', 'b', 'a'].map(name => ({
      resource: { 'service.name': name },
      spans: [{ name: `span-of-${name}` }],
    }));
    const body = encode(encoding, groups);
    const { part } = [...split(body, encoding).parts.values()][1];
    const own = part.toBody(body, () => undefined);
    expect(part.positionInBody(own.indexOf('span-of-b'))).toBe(
      body.indexOf('span-of-b'),
    );
    const { part: two } = [...split(body, encoding).parts.values()][0];
    const both = two.toBody(body, () => undefined);
    expect(two.positionInBody(both.lastIndexOf('span-of-a'))).toBe(
      body.lastIndexOf('span-of-a'),
    );
  });
});

it('counts what a JSON body contains besides spans', () => {
  const body = Buffer.from(
    JSON.stringify({
      ...otlpRequest([]),
      resourceMetrics: [],
      resourceLogs: [],
    }),
  );
  expect(split(body, 'json').foreign).toMatchObject({ metrics: 1, logs: 1 });
});
