import { createHmac } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { startCloudtraceBackend } from '../../testUtils/backend';

jest.setTimeout(120_000);

const SECRET = 'a secret of the webhook';
const ORG = '11111111-1111-4111-8111-111111111111';
/** Nothing listens there; what is pulled afterwards does not matter here. */
const NOWHERE = 'http://127.0.0.1:9';

const senders = [
  {
    path: '/api/cloudtrace/webhooks/snyk',
    header: 'x-hub-signature',
    prefix: 'sha256=',
    body: JSON.stringify({ org: { id: ORG }, project: { id: ORG } }),
  },
  {
    path: '/api/cloudtrace/webhooks/sonarqube/default',
    header: 'x-sonar-webhook-hmac-sha256',
    prefix: '',
    body: JSON.stringify({
      status: 'SUCCESS',
      taskId: 'a',
      analysedAt: '2026-11-01T10:00:00+0000',
      project: { key: 'shop' },
    }),
  },
];

describe('places for webhooks', () => {
  let databases: TestDatabases;
  let backend: Awaited<ReturnType<typeof startCloudtraceBackend>>;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    databases = await startTestPostgres();
    backend = await startCloudtraceBackend({
      database: await databases.createTestDatabase(),
      config: {
        cloudtrace: {
          snyk: {
            apiUrl: NOWHERE,
            token: 'token',
            orgs: [ORG],
            webhookSecrets: [SECRET],
          },
          sonarqube: {
            instances: [
              {
                name: 'default',
                baseUrl: NOWHERE,
                token: 'token',
                webhookSecret: SECRET,
              },
            ],
          },
        },
      },
    });
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await backend.stop();
    await databases.stop();
  });

  /** A sender without the secret, who starts a body and never ends it. */
  async function dribble({ path, header, prefix }: (typeof senders)[number]) {
    const { port } = backend.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    await new Promise(resolve => socket.once('connect', resolve));
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n` +
        `content-length: 1000\r\n${header}: ${prefix}${'0'.repeat(
          64,
        )}\r\n\r\n{`,
    );
  }

  it.each(senders)(
    'cannot be held by those without the secret: $path',
    async sender => {
      await Promise.all(Array.from({ length: 100 }, () => dribble(sender)));
      // Until the server has seen them all.
      await new Promise(resolve => setTimeout(resolve, 300));
      const answer = await request(backend.server)
        .post(sender.path)
        .set('content-type', 'application/json')
        .set('x-snyk-event', 'project_snapshot/v0')
        .set(
          sender.header,
          sender.prefix +
            createHmac('sha256', SECRET).update(sender.body).digest('hex'),
        )
        .send(sender.body);
      expect(answer.status).toBe(202);
    },
  );
});
