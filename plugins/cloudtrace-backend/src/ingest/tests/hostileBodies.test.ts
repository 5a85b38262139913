import { gzipSync } from 'node:zlib';
import { testPostgresVersions } from '../../testUtils';
import { httpSpan, otlpJson, otlpProtobuf } from '../../testUtils/otlp';
import {
  JSON_TYPE,
  MIB,
  PROTOBUF,
  startIngestBackend,
  type IngestBackend,
} from './startIngestBackend';

jest.setTimeout(120_000);

describe.each(testPostgresVersions())(
  'hostile bodies, PostgreSQL %s',
  version => {
    let ingest: IngestBackend;

    beforeAll(async () => {
      ingest = await startIngestBackend(version);
    });
    afterEach(() => ingest.expectWell());
    afterAll(() => ingest?.stop());

    it.each<[string, number, () => Buffer, string, Record<string, string>]>([
      [
        'bytes that are not zstd',
        400,
        () => Buffer.from('zstd'),
        PROTOBUF,
        { 'content-encoding': 'zstd' },
      ],
      [
        'brotli',
        415,
        () => Buffer.from('x'),
        PROTOBUF,
        { 'content-encoding': 'br' },
      ],
      [
        'deflate',
        415,
        () => Buffer.from('x'),
        PROTOBUF,
        { 'content-encoding': 'deflate' },
      ],
      [
        'two encodings',
        415,
        () => gzipSync(gzipSync('')),
        PROTOBUF,
        { 'content-encoding': 'gzip, gzip' },
      ],
      [
        'gzip in capitals',
        200,
        () => gzipSync(''),
        PROTOBUF,
        { 'content-encoding': 'GZIP' },
      ],
      [
        'gzip that is said to be plain',
        400,
        () => gzipSync(otlpProtobuf([{ spans: [httpSpan()] }])),
        PROTOBUF,
        {},
      ],
      [
        'JSON that is said to be protobuf',
        400,
        () => otlpJson([{ spans: [httpSpan()] }]),
        PROTOBUF,
        {},
      ],
      [
        'protobuf that is said to be JSON',
        400,
        () => otlpProtobuf([{ spans: [httpSpan()] }]),
        JSON_TYPE,
        {},
      ],
      [
        'a bomb of 256 MiB',
        413,
        () => gzipSync(Buffer.alloc(256 * MIB)),
        PROTOBUF,
        { 'content-encoding': 'gzip' },
      ],
      [
        'a bomb in a bomb',
        400,
        () => gzipSync(gzipSync(Buffer.alloc(64 * MIB))),
        PROTOBUF,
        { 'content-encoding': 'gzip' },
      ],
      [
        '10 million empty elements',
        413,
        () => emptyElements(10_000_000),
        PROTOBUF,
        {},
      ],
      [
        '10 million of them as gzip',
        413,
        () => gzipSync(emptyElements(10_000_000)),
        PROTOBUF,
        { 'content-encoding': 'gzip' },
      ],
      [
        '4 million empty elements',
        413,
        () => emptyElements(4_000_000),
        PROTOBUF,
        {},
      ],
      [
        '2 million empty objects',
        413,
        () => Buffer.from(`{"resourceSpans":[${'{},'.repeat(2_000_000)}{}]}`),
        JSON_TYPE,
        {},
      ],
      [
        '8 million open arrays',
        400,
        () => Buffer.from('['.repeat(8_000_000)),
        JSON_TYPE,
        {},
      ],
      [
        'a million objects in each other',
        400,
        () => Buffer.from('{"a":'.repeat(1_000_000)),
        JSON_TYPE,
        {},
      ],
      [
        'messages in each other',
        200,
        () => nestedMessages(100_000),
        PROTOBUF,
        {},
      ],
      [
        '0xff without end',
        400,
        () => Buffer.alloc(8 * MIB, 0xff),
        PROTOBUF,
        {},
      ],
      ['8 MiB and a byte', 413, () => Buffer.alloc(8 * MIB + 1), PROTOBUF, {}],
    ])('responds to %s with %i', async (_, status, body, type, headers) => {
      expect(await ingest.post(body(), type, headers)).toBe(status);
    });
  },
);

/** Empty `ResourceSpans`, two bytes each. */
function emptyElements(count: number): Buffer {
  return Buffer.alloc(2 * count, Buffer.from([10, 0]));
}

/** Nested unknown messages, which a scanner skips. */
function nestedMessages(depth: number): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (let level = 0; level < depth; level++) {
    const digits: number[] = [0x82, 0x06];
    for (let rest = length; ; rest = Math.floor(rest / 128)) {
      digits.push(rest < 128 ? rest : (rest % 128) + 128);
      if (rest < 128) break;
    }
    parts.push(Buffer.from(digits));
    length += digits.length;
  }
  return Buffer.concat(parts.reverse());
}
