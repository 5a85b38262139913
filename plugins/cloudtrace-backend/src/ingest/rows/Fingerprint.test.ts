import fc from 'fast-check';
import { Fingerprint } from './Fingerprint';

type Span = readonly [number, number, number, number, number, number];

const SPAN: Span = [
  0x0af76519, 0x16cd43dd, 0x8448eb21, 0x1c80319c, 0xb7ad6b71, 0x69203331,
];
const OTHER: Span = [0xffffffff, 1, 0x80000000, 2, 3, 0xdeadbeef];

function digest(environment: string, ...spans: Span[]): string {
  const fingerprint = new Fingerprint();
  fingerprint.start(environment);
  for (const span of spans) fingerprint.add(...span);
  return fingerprint.toUuid();
}

describe('Fingerprint', () => {
  // By a second implementation in Python. A change would count a request twice
  // that is retried while a new version is rolled out.
  it.each<[string, string, Span[]]>([
    ['ceafa8cb-ed87-4587-4b42-d88e5bec46fe', '', []],
    ['7d95aa2c-4aa7-fec5-d051-fc4b7aa9c63c', 'production', []],
    ['22079bf0-a34f-dc3b-06ca-7a04db130981', 'production', [SPAN]],
    ['927c0b92-5b94-2af3-02af-1c841909413c', 'production', [SPAN, OTHER]],
  ])('is %s for %j with %j', (uuid, environment, spans) => {
    expect(digest(environment, ...spans)).toBe(uuid);
  });

  it('differs if any bit of a span differs', () => {
    const known = digest('production', SPAN);
    for (let word = 0; word < 6; word += 1) {
      for (let bit = 0; bit < 32; bit += 1) {
        const changed = SPAN.map((value, i) =>
          i === word ? value ^ (1 << bit) : value,
        ) as unknown as Span;
        expect(digest('production', changed)).not.toBe(known);
      }
    }
  });

  it('differs between environments and by the number of spans', () => {
    const digests = [
      digest('production', SPAN),
      digest('productioN', SPAN),
      digest('roduction', SPAN),
      digest('production', SPAN, SPAN),
      digest('production'),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('depends on nothing but the current body', () => {
    const word = fc.integer({ min: 0, max: 0xffffffff });
    const spans = fc.array(fc.tuple(word, word, word, word, word, word), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(fc.string(), spans, spans, (environment, earlier, own) => {
        const fingerprint = new Fingerprint();
        fingerprint.start('earlier');
        for (const span of earlier) fingerprint.add(...span);
        fingerprint.toUuid();
        fingerprint.start(environment);
        for (const span of own) fingerprint.add(...span);
        expect(fingerprint.toUuid()).toBe(digest(environment, ...own));
        expect(fingerprint.toUuid()).toMatch(
          /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
        );
      }),
    );
  });
});
