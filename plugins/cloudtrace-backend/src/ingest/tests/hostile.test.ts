import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { TestBackend } from '@backstage/backend-test-utils';
import request from 'supertest';
import { generateToken } from '../../tokens/tokenFormat';
import {
  startTestPostgres,
  testPostgresVersions,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../../testUtils/backend';
import { createTestToken } from '../../testUtils/createTestToken';
import {
  httpSpan,
  otlpJson,
  otlpProtobuf,
  testId,
  type TestResourceSpans,
  type TestSpan,
} from '../../testUtils/otlp';
import { postBody } from '../../testUtils/postBody';
import { compareRollupsWithRows } from '../../testUtils/rollupInvariant';

jest.setTimeout(120_000);

const PATH = '/api/cloudtrace/otlp/v1/traces';
const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';
const MIB = 1024 * 1024;

/** Texts that databases, terminals and pages stumble over. */
const POISON = [
  'a\u0000b',
  '\u0000',
  'half \ud800 of a pair',
  '\udc00\ud800',
  // Does not compress, so that an index on it would be too large.
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

/** Times from 1970 to 2554, in nanoseconds, and what a number of 64 bits can hold. */
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
  'hostile input, PostgreSQL %s',
  version => {
    let databases: TestDatabases;
    let database: TestDatabase;
    let backend: TestBackend;
    let token: string;

    beforeAll(async () => {
      databases = await startTestPostgres({ version });
      database = await databases.createTestDatabase();
      backend = await startCloudtraceBackend({
        database,
        entities: [testEntity('shop')],
        config: {
          cloudtrace: { ingest: { bodyTimeout: { seconds: 3 } } },
        },
      });
      token = await createTestToken(database.knex, 'component:default/shop');
    });
    afterAll(async () => {
      await backend?.stop();
      await databases.stop();
    });
    /** Whatever came: rollups are right, no memory stays taken, the next one is served. */
    const expectWell = async () => {
      const { rollups, rows } = await compareRollupsWithRows(database.knex);
      expect(rollups).toEqual(rows);
      const diagnostics = await request(backend.server)
        .get('/api/cloudtrace/v1/entities/component/default/shop/diagnostics')
        .query({ environment: 'production' })
        .set(asUser())
        .expect(200);
      expect(diagnostics.body.sources[0].figures).toContainEqual(
        expect.objectContaining({ id: 'queue-bytes', value: 0 }),
      );
      expect(
        await post(otlpProtobuf([{ spans: [httpSpan()] }]), PROTOBUF),
      ).toBe(200);
    };
    afterEach(() => expectWell());

    const post = async (
      body: Buffer,
      type: string,
      headers: Record<string, string> = {},
    ) => {
      const answer = await postBody(
        backend.server.port(),
        PATH,
        { authorization: `Bearer ${token}`, 'content-type': type, ...headers },
        body,
      );
      return answer.status;
    };
    const postBoth = async (groups: TestResourceSpans[]) => [
      await post(otlpProtobuf(groups), PROTOBUF),
      await post(otlpJson(groups), JSON_TYPE),
    ];

    /** Sends raw bytes; the status, or 0 if the connection ends without an answer. */
    function sendRaw(
      head: string[],
      options: { body?: Buffer; end?: boolean; timeoutMs?: number } = {},
    ): Promise<number> {
      return new Promise(resolve => {
        const socket = connect(backend.server.port(), '127.0.0.1');
        let answer = '';
        const finish = () => {
          clearTimeout(timer);
          socket.destroy();
          resolve(Number(answer.slice(9, 12)));
        };
        const timer = setTimeout(finish, options.timeoutMs ?? 5000);
        socket.on('data', bytes => {
          answer += bytes.toString('latin1');
          if (answer.includes('\r\n\r\n')) finish();
        });
        socket.on('error', finish);
        socket.on('close', finish);
        socket.write(
          [`POST ${PATH} HTTP/1.1`, 'host: localhost', ...head, '', ''].join(
            '\r\n',
          ),
        );
        if (options.body) socket.write(options.body);
        if (options.end) socket.end();
      });
    }
    const authorized = (...more: string[]) => [
      `authorization: Bearer ${token}`,
      `content-type: ${PROTOBUF}`,
      ...more,
    ];

    it('stores any text in any field, cleaned and cut, in both encodings', async () => {
      const { knex } = database;
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
        expect(await postBoth(groups())).toEqual([200, 200]);
        expect(await postBoth(groups())).toEqual([200, 200]);
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
        // Each group twice, and its copy in the other encoding is known by the ledger.
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

    it('rejects times outside of the window, makes no partition for them, and stores the rest', async () => {
      const { knex } = database;
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
      expect(await postBoth(groups)).toEqual([200, 200]);
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
    ])('takes no harm from the number %s wherever one is', async number => {
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
      expect(await post(Buffer.from(body), JSON_TYPE)).toBe(200);
    });

    it.each<[string, number, () => Buffer, string, Record<string, string>]>([
      [
        'brotli',
        415,
        () => Buffer.from('x'),
        PROTOBUF,
        { 'content-encoding': 'br' },
      ],
      [
        'zstd',
        415,
        () => Buffer.from('x'),
        PROTOBUF,
        { 'content-encoding': 'zstd' },
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
    ])('answers %s with %i', async (_, status, body, type, headers) => {
      expect(await post(body(), type, headers)).toBe(status);
    });

    it('reads nothing of a body before the token and its size are known to be right', async () => {
      const huge = `content-length: ${1024 * MIB}`;
      const began = performance.now();
      expect(await sendRaw([`content-type: ${PROTOBUF}`, huge])).toBe(401);
      expect(
        await sendRaw([
          `authorization: Bearer ${generateToken().token}`,
          `content-type: ${PROTOBUF}`,
          huge,
        ]),
      ).toBe(401);
      expect(await sendRaw(authorized(huge))).toBe(413);
      expect(
        await sendRaw(
          authorized('content-encoding: br', 'content-length: 100'),
        ),
      ).toBe(415);
      // Nothing of the bodies was ever sent; waiting for it would end with 408.
      expect(performance.now() - began).toBeLessThan(5000);
    });

    it('lets a sender see the answer that still writes its body', async () => {
      const body = Buffer.alloc(32 * MIB);
      const length = `content-length: ${body.length}`;
      const statuses = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          sendRaw(
            index % 2
              ? authorized(length)
              : [`content-type: ${PROTOBUF}`, length],
            { body },
          ),
        ),
      );
      expect(statuses.filter(status => status === 413)).toHaveLength(10);
      expect(statuses.filter(status => status === 401)).toHaveLength(10);
    });

    it('gives room back when a body ends early, comes too slowly or never stops', async () => {
      const part = Buffer.alloc(1000);
      // Four of these at once are all the room that there is.
      for (let round = 0; round < 4; round++) {
        const announced = authorized(`content-length: ${8 * MIB}`);
        const statuses = await Promise.all(
          Array.from({ length: 4 }, () =>
            sendRaw(announced, { body: part, timeoutMs: 100 }),
          ),
        );
        expect(statuses).toEqual([0, 0, 0, 0]);
      }
      expect(
        await sendRaw(authorized('content-length: 2000'), { body: part }),
      ).toBe(408);
      const endless = Buffer.concat([
        Buffer.from(`${(9 * MIB).toString(16)}\r\n`),
        Buffer.alloc(9 * MIB),
      ]);
      expect(
        await sendRaw(authorized('transfer-encoding: chunked'), {
          body: endless,
        }),
      ).toBe(413);
    });

    it('stores spans once that come twice in a body, or in a second one', async () => {
      const traceId = testId(32);
      const span = httpSpan({
        traceId,
        spanId: testId(16),
        startNs: BigInt(Date.now()) * 1_000_000n,
      });
      const groups = [{ spans: Array.from({ length: 5000 }, () => span) }];
      expect(await postBoth(groups)).toEqual([200, 200]);
      expect(await postBoth(groups)).toEqual([200, 200]);
      const { rows } = await database.knex.raw(
        'SELECT count(*)::int AS stored FROM requests WHERE trace_id = ?::uuid',
        [traceId],
      );
      expect(rows[0].stored).toBe(1);
    });
  },
);

/** `ResourceSpans` with nothing in them, two bytes each. */
function emptyElements(count: number): Buffer {
  return Buffer.alloc(2 * count, Buffer.from([10, 0]));
}

/** Unknown messages in each other, which a scanner passes over. */
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
