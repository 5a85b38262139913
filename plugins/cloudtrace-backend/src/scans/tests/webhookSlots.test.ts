import { createHmac } from 'node:crypto';
import { connect, type AddressInfo, type Socket } from 'node:net';
import request from 'supertest';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { startCloudtraceBackend } from '../../testUtils/backend';
import { webhookModule, WEBHOOK_SECRET } from './webhookModule';

jest.setTimeout(120_000);

const PATH = '/api/cloudtrace/webhooks/acme';

describe('slots for webhooks', () => {
  let databases: TestDatabases;
  let backend: Awaited<ReturnType<typeof startCloudtraceBackend>>;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    databases = await startTestPostgres();
    backend = await startCloudtraceBackend({
      database: await databases.createTestDatabase(),
      features: [webhookModule('acme')],
    });
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await backend.stop();
    await databases.stop();
  });

  /** A sender without the secret that starts a body and never finishes it. */
  async function dribble() {
    const { port } = backend.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    await new Promise(resolve => socket.once('connect', resolve));
    socket.write(
      `POST ${PATH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n` +
        `content-length: 1000\r\nx-signature: ${'0'.repeat(64)}\r\n\r\n{`,
    );
  }

  it('cannot be occupied by senders without the secret', async () => {
    await Promise.all(Array.from({ length: 100 }, dribble));
    // Wait until the server has received all of them.
    await new Promise(resolve => setTimeout(resolve, 300));
    const answer = await request(backend.server)
      .post(PATH)
      .set('content-type', 'application/json')
      .set(
        'x-signature',
        createHmac('sha256', WEBHOOK_SECRET).update('{}').digest('hex'),
      )
      .send('{}');
    expect(answer.status).toBe(202);
  });
});
