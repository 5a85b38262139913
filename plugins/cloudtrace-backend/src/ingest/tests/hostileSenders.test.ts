import { connect } from 'node:net';
import { testPostgresVersions } from '../../testUtils';
import { generateToken } from '../../tokens/tokenFormat';
import {
  MIB,
  PATH,
  PROTOBUF,
  startIngestBackend,
  type IngestBackend,
} from './startIngestBackend';

jest.setTimeout(120_000);

describe.each(testPostgresVersions())(
  'hostile senders, PostgreSQL %s',
  version => {
    let ingest: IngestBackend;

    beforeAll(async () => {
      ingest = await startIngestBackend(version);
    });
    afterEach(() => ingest.expectWell());
    afterAll(() => ingest?.stop());

    /** Sends raw bytes; returns the status, or 0 if the connection ends without a response. */
    function sendRaw(
      head: string[],
      options: { body?: Buffer; end?: boolean; timeoutMs?: number } = {},
    ): Promise<number> {
      return new Promise(resolve => {
        const socket = connect(ingest.port, '127.0.0.1');
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
      `authorization: Bearer ${ingest.token}`,
      `content-type: ${PROTOBUF}`,
      ...more,
    ];

    it('does not read a body before its token and size are checked', async () => {
      // The bodies are never sent; waiting for them would end with 408.
      const huge = `content-length: ${1024 * MIB}`;
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
    });

    it('lets a sender read the response while it still writes its body', async () => {
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

    it('frees memory when a body ends early, is too slow or never ends', async () => {
      const part = Buffer.alloc(1000);
      // Four of these use up all the available room.
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
  },
);
