import fc from 'fast-check';
import { BodyTooLargeError, MalformedBodyError } from '../errors';
import { groups } from '../../testUtils/anySpans';
import { otlpJson, otlpProtobuf, testId } from '../../testUtils/otlp';
import { lengthOf, NOW_NS, scan } from '../../testUtils/scanBody';

/*
 * CLOUDTRACE_FUZZ_RUNS sets the number of mutated bodies per mutation test
 * (default 3000), CLOUDTRACE_FUZZ_SEED the start of the sequence.
 */
const FUZZ_RUNS = Number(process.env.CLOUDTRACE_FUZZ_RUNS ?? 3000);
const FUZZ_SEED = Number(process.env.CLOUDTRACE_FUZZ_SEED ?? 20261121);

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
      if (kind === 'repeat') {
        return Buffer.concat([head, tail.subarray(0, 20), tail]);
      }
      const flipped = Buffer.from(current);
      if (flipped.length > 0) flipped[position] ^= bytes[0] || 1;
      return flipped;
    }, body);

  it('return a typed error or rows for any mutated protobuf', () => {
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

  it('reject exactly the mutated JSON that JSON.parse rejects', () => {
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
            // Only a byte order mark or invalid UTF-8 may give a different
            // result.
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
      'two byte order marks',
      () => Buffer.from('\ufeff\ufeff{}'),
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
      'a tab in a string',
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
  ] as const)('reject %s', (_, body, encoding, error) => {
    const bytes = body();
    // Repeated reading would not finish within the test's time.
    expect(() => scan(bytes, encoding)).toThrow(error);
  });

  it('limit numbers that PostgreSQL would reject', () => {
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

/** Wraps the bytes of a ScopeSpans into a whole request. */
function wrap(scopeSpans: Buffer): Buffer {
  const field = (tag: number, bytes: Buffer) =>
    Buffer.concat([Buffer.from([tag, ...lengthOf(bytes.length)]), bytes]);
  return field(10, field(18, scopeSpans));
}
