import { randomBytes } from 'node:crypto';
import { testPostgresVersions } from '../../testUtils';
import {
  httpSpan,
  testId,
  type TestResourceSpans,
  type TestSpan,
} from '../../testUtils/otlp';
import {
  JSON_TYPE,
  startIngestBackend,
  type IngestBackend,
} from './startIngestBackend';

jest.setTimeout(120_000);
/** Texts that cause trouble in databases, terminals and pages. */
const POISON = [
  'a\u0000b',
  '\u0000',
  'half \ud800 of a pair',
  '\udc00\ud800',
  // Does not compress, so an index on it would be too large.
  randomBytes(6000).toString('base64'),
  'é'.repeat(4000),
  '👩‍👩‍👧‍👦'.repeat(500),
  '\u202Egnp.exe\u2066',
  '\u001b[31mred\u001b[0m',
  "'; DROP TABLE requests; --",
  '\\N\t\n\r\\.',
  '{"__proto__": {"polluted": true}}',
  '__proto__',
  ' ',
  '',
];

/** Times from 1970 to 2554, in nanoseconds, and the limits of a 64-bit number. */
const TIMES = [
  0n,
  1n,
  999n,
  1_000_000_000n,
  946_684_800_000_000_000n,
  4_102_444_800_000_000_000n,
  2n ** 53n,
  2n ** 63n - 1n,
  2n ** 63n,
  18_446_744_073_709_551_615n,
];

describe.each(testPostgresVersions())(
  'hostile spans, PostgreSQL %s',
  version => {
    let ingest: IngestBackend;

    beforeAll(async () => {
      ingest = await startIngestBackend(version);
    });
    afterEach(() => ingest.expectWell());
    afterAll(() => ingest?.stop());

    it('stores any text in any field, cleaned and truncated, in both encodings', async () => {
      const { knex } = ingest.database;
      const traceId = testId(32);
      const fields = (text: string): TestSpan[] => [
        { attributes: { 'http.request.method': text, 'http.route': '/' } },
        { attributes: { 'http.request.method': 'GET', 'http.route': text } },
        { name: text },
        {
          attributes: {
            'rpc.system': text,
            'rpc.service': text,
            'rpc.method': text,
          },
        },
        {
          attributes: {
            'messaging.operation.name': text,
            'messaging.destination.name': text,
          },
        },
        { attributes: { [text]: text } },
      ];
      for (const text of POISON) {
        const groups = (): TestResourceSpans[] => [
          {
            resource: {
              'service.instance.id': text,
              'cloud.availability_zone': text,
              [text]: text,
            },
            spans: fields(text).map(span => ({
              ...span,
              traceId,
              spanId: testId(16),
            })),
          },
        ];
        expect(await ingest.postBoth(groups())).toEqual([200, 200]);
        expect(await ingest.postBoth(groups())).toEqual([200, 200]);
      }
      const { rows } = await knex.raw(
        `SELECT count(*)::int AS requests,
              max(octet_length(o.method)) AS method, max(octet_length(o.route)) AS route,
              max(octet_length(i.instance_key)) AS instance, max(octet_length(i.zone)) AS zone,
              bool_or(o.route = '' OR i.instance_key = '') AS empty
         FROM requests r JOIN instances i USING (entity_id, instance_id)
         JOIN routes o USING (entity_id, route_id) WHERE trace_id = ?::uuid`,
        [traceId],
      );
      expect(rows[0]).toEqual({
        // Each group is sent twice, and the ledger recognises the copy in the
        // other encoding.
        requests: 2 * POISON.length * fields('').length,
        method: expect.any(Number),
        route: expect.any(Number),
        instance: expect.any(Number),
        zone: expect.any(Number),
        empty: false,
      });
      expect(rows[0].method).toBeLessThanOrEqual(64);
      expect(rows[0].route).toBeLessThanOrEqual(1024);
      expect(rows[0].instance).toBeLessThanOrEqual(512);
      expect(rows[0].zone).toBeLessThanOrEqual(128);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    });

    it('rejects times outside of the window, creates no partition for them, and stores the rest', async () => {
      const { knex } = ingest.database;
      const countPartitions = async () =>
        (await knex.raw('SELECT count(*)::int AS count FROM pg_inherits'))
          .rows[0].count;
      const before = await countPartitions();
      const traceId = testId(32);
      const now = BigInt(Date.now()) * 1_000_000n;
      const times = [
        { startNs: now, endNs: now },
        ...TIMES.map(ns => ({ startNs: ns, endNs: ns })),
        ...TIMES.map(ns => ({ startNs: now, endNs: ns })),
        ...TIMES.map(ns => ({ startNs: ns, endNs: now })),
      ];
      const groups = [
        {
          spans: times.map(({ startNs, endNs }) =>
            httpSpan({
              traceId,
              spanId: testId(16),
              startNs,
              durationNs: endNs - startNs,
            }),
          ),
        },
      ];
      expect(await ingest.postBoth(groups)).toEqual([200, 200]);
      const { rows } = await knex.raw(
        'SELECT count(*)::int AS stored FROM requests WHERE trace_id = ?::uuid',
        [traceId],
      );
      expect(rows[0].stored).toBe(1);
      expect(await countPartitions()).toBe(before);
    });

    it.each([
      '1e400',
      '-1',
      '1.5',
      '"1e30"',
      '"NaN"',
      '99999999999999999999999999',
      '"99999999999999999999999999"',
      'null',
      'true',
      '""',
      '"-9223372036854775808"',
    ])('handles the number %s in every field', async number => {
      const span = (start: string, end: string, status: string) =>
        `{"traceId":"${testId(32)}","spanId":"${testId(
          16,
        )}","kind":2,"startTimeUnixNano":${start},` +
        `"endTimeUnixNano":${end},"attributes":[{"key":"http.response.status_code","value":{"intValue":${status}}}]}`;
      const now = `"${Date.now()}000000"`;
      const spans = [
        span(number, now, '200'),
        span(now, number, '200'),
        span(now, now, number),
        span(now, now, '200').replace('"kind":2', `"kind":${number}`),
      ];
      const body = `{"resourceSpans":[{"scopeSpans":[{"spans":[${spans}]}]}]}`;
      expect(await ingest.post(Buffer.from(body), JSON_TYPE)).toBe(200);
    });

    it('stores spans once that appear twice in a body, or in a second one', async () => {
      const traceId = testId(32);
      const span = httpSpan({
        traceId,
        spanId: testId(16),
        startNs: BigInt(Date.now()) * 1_000_000n,
      });
      const groups = [{ spans: Array.from({ length: 5000 }, () => span) }];
      expect(await ingest.postBoth(groups)).toEqual([200, 200]);
      expect(await ingest.postBoth(groups)).toEqual([200, 200]);
      const { rows } = await ingest.database.knex.raw(
        'SELECT count(*)::int AS stored FROM requests WHERE trace_id = ?::uuid',
        [traceId],
      );
      expect(rows[0].stored).toBe(1);
    });
  },
);
