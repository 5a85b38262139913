import type { TestBackend } from '@backstage/backend-test-utils';
import { findFreePort } from '@internal/dev-servers';
import { once } from 'node:events';
import {
  connect as connectHttp2,
  type ClientHttp2Session,
  type ClientHttp2Stream,
} from 'node:http2';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import request from 'supertest';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../../testUtils/backend';
import { createPlatformToken } from '../../testUtils/createPlatformToken';
import { createTestToken } from '../../testUtils/createTestToken';
import { GrpcClient } from '../../testUtils/GrpcClient';
import { httpSpan, otlpProtobuf, testId } from '../../testUtils/otlp';
import { zstdFrame } from '../../testUtils/zstdFrame';
import { EXPORT_PATH } from './createGrpcHandler';
import { GrpcListener } from './GrpcListener';
import { frame } from './unframe';

jest.setTimeout(60_000);

const MIB = 1024 * 1024;
const CODE = {
  invalidArgument: 3,
  resourceExhausted: 8,
  unimplemented: 12,
  unavailable: 14,
  unauthenticated: 16,
};

/** A message with spans of its own. */
function message(spans: number = 1): Buffer {
  return otlpProtobuf([
    {
      resource: { 'service.name': 'shop', 'service.instance.id': 'i-1' },
      spans: Array.from({ length: spans }, () =>
        httpSpan({ traceId: testId(32), spanId: testId(16) }),
      ),
    },
  ]);
}

describe('GrpcListener', () => {
  let databases: TestDatabases;
  let database: TestDatabase;
  let backend: TestBackend;
  let port: number;
  let token: string;
  let client: GrpcClient;
  let session: ClientHttp2Session;

  beforeAll(async () => {
    databases = await startTestPostgres();
    database = await databases.createTestDatabase();
    port = await findFreePort();
    backend = await startCloudtraceBackend({
      database,
      entities: [testEntity('shop'), testEntity('slow')],
      config: {
        cloudtrace: {
          ingest: {
            grpc: { host: '127.0.0.1', port },
            platformTokens: true,
            bodyTimeout: { seconds: 2 },
            quotas: { spansPerSecond: 100 },
          },
        },
      },
    });
    token = await createTestToken(database.knex, 'component:default/shop');
    client = new GrpcClient(port);
    session = connectHttp2(`http://127.0.0.1:${port}`, {
      // Of the client, which keeps what it could not send.
      maxSessionMemory: 200,
    });
  });
  afterAll(async () => {
    session?.close();
    client?.close();
    await backend?.stop();
    await databases?.stop();
  });

  const stored = async () => {
    const { rows } = await database.knex.raw(
      'SELECT count(*)::int AS count FROM requests',
    );
    return rows[0].count as number;
  };

  /** Waits until the bytes of messages in memory are as expected. */
  const untilQueued = async (expected: (bytes: number) => boolean) => {
    for (;;) {
      const { body } = await request(backend.server)
        .get('/api/cloudtrace/v1/entities/component/default/shop/diagnostics')
        .query({ environment: 'production' })
        .set(asUser())
        .expect(200);
      const figures = body.sources[0].figures as {
        id: string;
        value: number;
      }[];
      const queued = figures.find(({ id }) => id === 'queue-bytes');
      if (expected(queued!.value)) return;
    }
  };

  /** A call whose bytes the test writes itself. */
  const open = (headers: Record<string, string> = {}): ClientHttp2Stream =>
    session.request(
      {
        ':method': 'POST',
        ':path': EXPORT_PATH,
        'content-type': 'application/grpc',
        te: 'trailers',
        authorization: `Bearer ${token}`,
        ...headers,
      },
      { endStream: false },
    );
  const statusOf = async (stream: ClientHttp2Stream) => {
    const found: Record<string, unknown> = {};
    stream.on('response', headers => Object.assign(found, headers));
    stream.on('trailers', headers => Object.assign(found, headers));
    stream.on('error', () => undefined);
    stream.resume();
    await once(stream, 'close');
    return [
      Number(found['grpc-status']),
      decodeURIComponent(String(found['grpc-message'] ?? '')),
    ];
  };
  const send = (bytes: Buffer, headers: Record<string, string> = {}) => {
    const stream = open(headers);
    const status = statusOf(stream);
    stream.end(bytes);
    return status;
  };

  it.each(['identity', 'gzip'] as const)(
    'stores once what the official client sends again, %s',
    async compression => {
      const sender = new GrpcClient(port, compression);
      const before = await stored();
      const body = message(3);
      for (let i = 0; i < 2; i++) {
        expect(await sender.export(body, token)).toEqual({
          code: 0,
          message: '',
        });
      }
      expect(await stored()).toBe(before + 3);
      sender.close();
    },
  );

  it('stores a message compressed with zstd, and one that is not compressed after all', async () => {
    const before = await stored();
    const compressed = frame(zstdFrame(message()));
    compressed[0] = 1;
    const headers = { 'grpc-encoding': 'zstd' };
    expect(await send(compressed, headers)).toEqual([0, '']);
    expect(await send(frame(message()), headers)).toEqual([0, '']);
    expect(await stored()).toBe(before + 2);
  });

  it('reports rejected spans as a partial success', async () => {
    const body = otlpProtobuf([
      { spans: [httpSpan({ traceId: '0'.repeat(32) }), httpSpan()] },
    ]);
    expect(await client.export(body, token)).toMatchObject({
      code: 0,
      partialSuccess: { rejectedSpans: '1' },
    });
  });

  it('accepts platform tokens', async () => {
    const platform = await createPlatformToken(database.knex);
    const before = await stored();
    expect(await client.export(message(2), platform)).toEqual({
      code: 0,
      message: '',
    });
    expect(await stored()).toBe(before + 2);
  });

  it('rejects a wrong token before it reads the message', async () => {
    for (const wrong of [undefined, 'ctk_nobody']) {
      expect(await client.export(message(), wrong)).toMatchObject({
        code: CODE.unauthenticated,
        message: expect.stringContaining('Authorization: Bearer ctk_…'),
      });
    }
    const stream = open({ authorization: 'Bearer nobody' });
    // Sends nothing and does not end.
    expect((await statusOf(stream))[0]).toBe(CODE.unauthenticated);
  });

  it('rejects a message of 100 MB, plain and compressed', async () => {
    const answer = await client.export(Buffer.alloc(100 * MIB), token);
    expect(answer).toEqual({
      code: CODE.resourceExhausted,
      message: 'The body is larger than 8388608 bytes; send smaller batches',
    });
    const zipped = new GrpcClient(port, 'gzip');
    expect(await zipped.export(Buffer.alloc(100 * MIB), token)).toEqual(answer);
    zipped.close();
    // The connection serves others meanwhile.
    expect(await client.export(message(), token)).toMatchObject({ code: 0 });
  });

  it('asks a sender that exceeds its quota to retry, and says when', async () => {
    const slow = await createTestToken(database.knex, 'component:default/slow');
    let answer = await client.export(message(600), slow);
    while (answer.code === 0) answer = await client.export(message(600), slow);
    expect(answer).toEqual({
      code: CODE.resourceExhausted,
      message: 'The token exceeds its limit of spans per second',
      retrySeconds: expect.any(Number),
    });
    expect([1, 2]).toContain(answer.retrySeconds);
  });

  const flagged = (bytes: Buffer, flag: number) => {
    const framed = frame(bytes);
    framed[0] = flag;
    return framed;
  };
  it.each<[string, Buffer, Record<string, string>, number, string]>([
    [
      'a stream without a message',
      Buffer.alloc(0),
      {},
      3,
      'ended without a message',
    ],
    ['a part of the prefix', Buffer.alloc(3), {}, 3, 'ended inside a message'],
    [
      'a part of a message',
      frame(message()).subarray(0, 50),
      {},
      3,
      'ended inside a message',
    ],
    [
      'two messages',
      Buffer.concat([frame(message()), frame(message())]),
      {},
      3,
      'one message, and more followed',
    ],
    ['an unknown flag', flagged(message(), 2), {}, 3, 'unknown flag 2'],
    [
      'snappy',
      flagged(message(), 1),
      { 'grpc-encoding': 'snappy' },
      12,
      'one of gzip, zstd, identity',
    ],
    [
      'bytes that are not gzip',
      flagged(message(), 1),
      { 'grpc-encoding': 'gzip' },
      3,
      'not valid gzip',
    ],
    [
      'gzip that is not announced',
      flagged(gzipSync(message()), 1),
      {},
      3,
      'Malformed body',
    ],
    [
      'invalid protobuf',
      frame(Buffer.from([10, 200, 1])),
      {},
      3,
      'Malformed body at byte',
    ],
  ])('rejects %s', async (_, bytes, headers, code, text) => {
    const [status, details] = await send(bytes, headers);
    expect([status, details]).toEqual([code, expect.stringContaining(text)]);
  });

  it('rejects a message that does not arrive', async () => {
    const stream = open();
    const status = statusOf(stream);
    stream.write(frame(message()).subarray(0, 20));
    expect(await status).toEqual([
      CODE.invalidArgument,
      'The body did not arrive within 2 s',
    ]);
  });

  it('frees the memory of senders that go away', async () => {
    const before = await stored();
    const streams = Array.from({ length: 30 }, () => {
      const stream = open();
      stream.on('error', () => undefined);
      stream.write(Buffer.alloc(MIB));
      return stream;
    });
    await untilQueued(bytes => bytes > 0);
    streams.forEach(stream => stream.destroy());
    await untilQueued(bytes => bytes === 0);
    expect(await client.export(message(), token)).toMatchObject({ code: 0 });
    expect(await stored()).toBe(before + 1);
  });

  it('answers other methods, other protocols and health checks', async () => {
    const other = EXPORT_PATH.replace(/trace/g, 'metrics');
    expect(await client.export(message(), token, other)).toMatchObject({
      code: CODE.unimplemented,
      message: `Unknown method; send traces to ${EXPORT_PATH}`,
    });
    expect(
      await send(frame(Buffer.alloc(0)), {
        ':path': '/grpc.health.v1.Health/Check',
      }),
    ).toEqual([0, '']);
    const web = open({ 'content-type': 'application/json' });
    const [headers] = await once(web, 'response');
    expect(headers[':status']).toBe(415);
    // HTTP/1.1 is not served here: the connection ends.
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST /v1/traces HTTP/1.1\r\nhost: x\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    expect(await client.export(message(), token)).toMatchObject({ code: 0 });
  });

  it('says which setting is wrong if the port is taken', async () => {
    await expect(
      GrpcListener.start({
        listen: { host: '127.0.0.1', port },
        handle: async () => undefined,
        isDraining: () => false,
      }),
    ).rejects.toThrow(
      `cloudtrace.ingest.grpc: cannot listen on 127.0.0.1:${port}`,
    );
  });
});

it('finishes a running call before it stops', async () => {
  let finish!: () => void;
  const listener = await GrpcListener.start({
    listen: { host: '127.0.0.1', port: 0 },
    isDraining: () => false,
    handle: async stream => {
      stream.resume();
      await new Promise<void>(resolve => {
        finish = resolve;
      });
      stream.respond(
        {
          ':status': 200,
          'content-type': 'application/grpc',
          'grpc-status': '7',
        },
        { endStream: true },
      );
    },
  });
  const client = new GrpcClient(listener.port);
  const running = client.export(Buffer.alloc(0), 'any');
  while (!finish) await new Promise(setImmediate);
  const stopped = listener.stop();
  finish();
  expect(await running).toMatchObject({ code: 7 });
  await stopped;
  client.close();
});
