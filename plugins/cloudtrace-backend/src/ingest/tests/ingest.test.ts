import { deepStrictEqual } from 'node:assert';
import { gzipSync } from 'node:zlib';
import type { TestBackend } from '@backstage/backend-test-utils';
import request from 'supertest';
import { ensureEntity } from '../../database/entities/ensureEntity';
import {
  startTestPostgres,
  testPostgresVersions,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { startCloudtraceBackend, testEntity } from '../../testUtils/backend';
import { createTestToken } from '../../testUtils/createTestToken';
import {
  decodeExportResponse,
  decodeRpcStatus,
  httpSpan,
  otlpJson,
  otlpProtobuf,
  testId,
} from '../../testUtils/otlp';
import { zstdFrame } from '../../testUtils/zstdFrame';
import { compareRollupsWithRows } from '../../testUtils/rollupInvariant';

jest.setTimeout(60_000);

const PATH = '/api/cloudtrace/otlp/v1/traces';
const PROTOBUF = 'application/x-protobuf';
const DAY_NS = 86_400_000_000_000n;

describe.each(testPostgresVersions())('ingest, PostgreSQL %s', version => {
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
        cloudtrace: {
          ingest: { maxBodyBytes: 200_000, maxSpansPerRequest: 500 },
        },
      },
    });
    token = await createTestToken(database.knex, 'component:default/shop');
  });
  afterAll(async () => {
    await backend?.stop();
    await databases.stop();
  });
  afterEach(async () => {
    const { rollups, rows } = await compareRollupsWithRows(database.knex);
    deepStrictEqual(rollups, rows);
  });

  const post = (
    body: Buffer | string,
    headers: Record<string, string> = {},
    path: string = PATH,
  ) =>
    request(backend.server)
      .post(path)
      .set({
        authorization: `Bearer ${token}`,
        'content-type': PROTOBUF,
        ...headers,
      })
      .serialize(bytes => bytes)
      .buffer(true)
      .parse((res, done) => {
        const chunks: Buffer[] = [];
        res.on('data', chunk => chunks.push(chunk));
        res.on('end', () => done(null, Buffer.concat(chunks)));
      })
      .send(body);
  const countTrace = async (traceId: string) => {
    const { rows } = await database.knex.raw(
      'SELECT count(*)::int AS count FROM requests WHERE trace_id = ?::uuid',
      [traceId],
    );
    return rows[0].count;
  };

  it.each([
    ['protobuf', otlpProtobuf, PROTOBUF],
    ['JSON', otlpJson, 'application/json'],
    ['JSON with charset', otlpJson, 'Application/JSON; charset=utf-8'],
  ])(
    'stores %s, plain and compressed, and responds in the same encoding',
    async (_, encode, type) => {
      const compressions = {
        gzip: gzipSync,
        zstd: zstdFrame,
        identity: undefined,
      };
      for (const [name, compress] of Object.entries(compressions)) {
        const traceId = testId(32);
        const body = encode([
          {
            resource: {
              'service.instance.id': 'i-7',
              'cloud.availability_zone': 'zone-b',
            },
            spans: [
              httpSpan({
                traceId,
                spanId: 'fedcba9876543210',
                durationNs: 1_234_567n,
                attributes: { 'http.response.status_code': 503 },
              }),
              httpSpan({ kind: 1 }),
              httpSpan({ kind: 3 }),
            ],
          },
        ]);
        const response = await post(compress?.(body) ?? body, {
          'content-type': type,
          'content-encoding': name,
        });
        expect(response.status).toBe(200);
        if (type === PROTOBUF) {
          expect(response.headers['content-type']).toBe(PROTOBUF);
          expect(response.body).toHaveLength(0);
        } else {
          expect(response.headers['content-type']).toBe('application/json');
          expect(response.body.toString()).toBe('{}');
        }
        const { rows } = await database.knex.raw(
          `SELECT r.*, i.instance_key, i.zone, o.method, o.route, i.environment
           FROM requests r JOIN instances i USING (entity_id, instance_id)
           JOIN routes o USING (entity_id, route_id) WHERE trace_id = ?::uuid`,
          [traceId],
        );
        expect(rows).toEqual([
          expect.objectContaining({
            span_id: '-81985529216486896',
            duration_us: '1235',
            status_code: 503,
            flags: 1,
            instance_key: 'i-7',
            zone: 'zone-b',
            method: 'GET',
            route: '/items/{id}',
            environment: 'production',
          }),
        ]);
      }
    },
  );

  it('stores a batch once, however often and in whichever encoding it arrives', async () => {
    const traceId = testId(32);
    const groups = [
      {
        spans: [
          httpSpan({ traceId, spanId: testId(16) }),
          httpSpan({ spanId: testId(16), traceId }),
        ],
      },
    ];
    groups[0].spans.push(groups[0].spans[0]);
    for (const span of groups[0].spans) {
      span.startNs = BigInt(Date.now()) * 1_000_000n;
    }
    const bodies = [
      otlpProtobuf(groups),
      otlpProtobuf(groups),
      otlpProtobuf(groups),
    ];
    const answers = await Promise.all([
      ...bodies.map(body => post(body)),
      post(otlpJson(groups), { 'content-type': 'application/json' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await post(bodies[0])).status).toBe(200);
    await expect(countTrace(traceId)).resolves.toBe(2);
  });

  it('uses the entity of the token, whatever the body contains', async () => {
    const traceId = testId(32);
    await ensureEntity(database.knex, 'component:default/other');
    await post(
      otlpProtobuf([
        {
          resource: { 'service.name': 'other' },
          spans: [httpSpan({ traceId })],
        },
      ]),
    );
    const { rows } = await database.knex.raw(
      `SELECT entity_ref FROM requests JOIN entities USING (entity_id) WHERE trace_id = ?::uuid`,
      [traceId],
    );
    expect(rows).toEqual([{ entity_ref: 'component:default/shop' }]);
  });

  it('rejects impossible spans with the reason and stores the others', async () => {
    const traceId = testId(32);
    const now = BigInt(Date.now()) * 1_000_000n;
    const body = (encode: typeof otlpJson) =>
      encode([
        {
          spans: [
            httpSpan({ traceId, spanId: testId(16) }),
            httpSpan({ startNs: 0n }),
            httpSpan({ durationNs: -1_000_000n }),
            httpSpan({ startNs: now - 30n * DAY_NS }),
            httpSpan({ startNs: now + DAY_NS }),
            httpSpan({ startNs: 18_446_744_073_000_000_000n, durationNs: 1n }),
            httpSpan({ startNs: 1n, durationNs: 18_446_744_073_000_000_000n }),
            httpSpan({ startNs: now, durationNs: 2n * DAY_NS }),
            httpSpan({ traceId: '0'.repeat(32) }),
            httpSpan({ spanId: '0'.repeat(16) }),
            httpSpan({ traceId: 'abcd' }),
          ],
        },
      ]);
    const answer = await post(body(otlpProtobuf));
    expect(answer.status).toBe(200);
    expect(decodeExportResponse(answer.body)).toEqual({
      partialSuccess: {
        rejectedSpans: '10',
        errorMessage:
          '2 × the trace id is not 16 bytes or is all zero; ' +
          '1 × the span id is not 8 bytes or is all zero; ' +
          '2 × the start time is missing or not after 1970; ' +
          '1 × the end time is before the start time; ' +
          '1 × the start time is older than the retention of requests; ' +
          '3 × the start or end time is too far in the future',
      },
    });
    await expect(countTrace(traceId)).resolves.toBe(1);
    const json = await post(body(otlpJson), {
      'content-type': 'application/json',
    });
    expect(JSON.parse(json.body).partialSuccess.rejectedSpans).toBe('10');
  });

  it.each<
    [string, number, () => Buffer | string, Record<string, string>, string]
  >([
    ['no token', 401, () => '', { authorization: '' }, 'the kind "requests"'],
    [
      'an unknown token',
      401,
      () => '',
      { authorization: 'Bearer ctk_nope' },
      'the kind "requests"',
    ],
    [
      'a foreign content type',
      415,
      () => 'x',
      { 'content-type': 'text/plain' },
      'content type',
    ],
    [
      'brotli',
      415,
      () => 'x',
      { 'content-encoding': 'br' },
      'content encoding',
    ],
    [
      'a truncated body',
      400,
      () => otlpProtobuf([{ spans: [httpSpan()] }]).subarray(0, 100),
      {},
      'at byte',
    ],
    ['no protobuf', 400, () => Buffer.from('hello, world'), {}, 'at byte'],
    [
      'no JSON',
      400,
      () => '{"resourceSpans": [}',
      { 'content-type': 'application/json' },
      'at byte 19',
    ],
    [
      'wrong JSON',
      400,
      () => '{"resourceSpans": 5}',
      { 'content-type': 'application/json' },
      'at byte 18: expected an array',
    ],
    [
      'a huge body',
      413,
      () => Buffer.alloc(200_001),
      {},
      'larger than 200000 bytes',
    ],
    [
      'too many spans',
      413,
      () => otlpProtobuf([{ spans: Array.from({ length: 501 }, () => ({})) }]),
      {},
      'more than 500 spans',
    ],
    [
      'a gzip bomb',
      413,
      () => gzipSync(Buffer.alloc(5_000_000)),
      { 'content-encoding': 'gzip' },
      'larger than 200000 bytes',
    ],
    [
      'a body that is not gzip',
      400,
      () => otlpProtobuf([{ spans: [httpSpan()] }]),
      { 'content-encoding': 'gzip' },
      'not valid gzip',
    ],
    [
      'truncated gzip',
      400,
      () => gzipSync(otlpProtobuf([{ spans: [httpSpan()] }])).subarray(0, 50),
      { 'content-encoding': 'gzip' },
      'not valid gzip',
    ],
    [
      'data behind gzip',
      400,
      () => Buffer.concat([gzipSync('{}'), Buffer.from('trailing')]),
      { 'content-encoding': 'gzip', 'content-type': 'application/json' },
      'not valid gzip',
    ],
    [
      'gzip in gzip',
      400,
      () => gzipSync(gzipSync('{}')),
      { 'content-encoding': 'gzip', 'content-type': 'application/json' },
      'at byte 0',
    ],
  ])('responds to %s with %s', async (_, status, body, headers, message) => {
    const answer = await post(body(), headers);
    expect(answer.status).toBe(status);
    const json = (headers['content-type'] ?? PROTOBUF) !== PROTOBUF;
    const decoded = json
      ? JSON.parse(answer.body)
      : decodeRpcStatus(answer.body);
    expect(decoded.code).toBeGreaterThan(0);
    expect(decoded.message).toContain(message);
  });

  it('responds to a token of another kind as to an unknown one', async () => {
    const scans = await createTestToken(
      database.knex,
      'component:default/shop',
      'production',
      'scans',
    );
    const answers = await Promise.all(
      [scans, 'ctk_nope'].map(other =>
        post('', { authorization: `Bearer ${other}` }),
      ),
    );
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(decodeRpcStatus(answer.body).message).toBe(
        'An ingest token of the kind "requests" is required: Authorization: Bearer ctk_…',
      );
    }
  });

  it('serves only one path', async () => {
    for (const path of ['', '/x', '/../tokens', '/admin/tokens']) {
      const answer = await request(backend.server).get(`${PATH}${path}`);
      expect([404, 405, 401]).toContain(answer.status);
    }
    await request(backend.server).get(PATH).expect(405);
    await request(backend.server).post(`${PATH}/more`).expect(404);
    await request(backend.server)
      .post('/api/cloudtrace/otlp/v1/metrics')
      .set('authorization', '')
      .expect(res => {
        expect([401, 404]).toContain(res.status);
      });
  });

  it('accepts an empty request', async () => {
    expect((await post(Buffer.alloc(0))).status).toBe(200);
    expect(
      (await post('{}', { 'content-type': 'application/json' })).status,
    ).toBe(200);
  });
});
