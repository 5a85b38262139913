import type { TestBackend } from '@backstage/backend-test-utils';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findFreePort } from '@internal/dev-servers';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { startCloudtraceBackend, testEntity } from '../../testUtils/backend';
import { createTestToken } from '../../testUtils/createTestToken';
import { httpSpan, otlpProtobuf } from '../../testUtils/otlp';
import { OtlpListener } from './OtlpListener';

jest.setTimeout(60_000);

async function listen(server: Server, port: number = 0): Promise<number> {
  await new Promise<void>(resolve => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

describe('OtlpListener', () => {
  describe('in the backend', () => {
    let databases: TestDatabases;
    let database: TestDatabase;
    let backend: TestBackend;
    let base: string;

    beforeAll(async () => {
      databases = await startTestPostgres();
      database = await databases.createTestDatabase();
      const port = await findFreePort();
      base = `http://127.0.0.1:${port}`;
      backend = await startCloudtraceBackend({
        database,
        entities: [testEntity('shop')],
        config: {
          cloudtrace: { ingest: { listen: { host: '127.0.0.1', port } } },
        },
      });
    });
    afterAll(async () => {
      await backend?.stop();
      await databases?.stop();
    });

    const post = (path: string, token: string, method: string = 'POST') =>
      fetch(`${base}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/x-protobuf',
        },
        body:
          method === 'POST'
            ? new Uint8Array(otlpProtobuf([{ spans: [httpSpan({})] }]))
            : undefined,
      });

    it('stores what is sent to /v1/traces, and rejects it without a token', async () => {
      const { knex } = database;
      const token = await createTestToken(knex, 'component:default/shop');
      const stored = await post('/v1/traces', token);
      expect(stored.status).toBe(200);
      expect(stored.headers.get('content-type')).toBe('application/x-protobuf');
      expect((await post('/v1/traces', 'ctk_nobody')).status).toBe(401);
      expect(await knex('requests').count('* as rows')).toEqual([
        { rows: '1' },
      ]);
    });

    it('has only one more route, a health check', async () => {
      expect((await fetch(`${base}/healthz`)).status).toBe(200);
      for (const path of ['/', '/api/cloudtrace/otlp/v1/traces', '/v1/logs']) {
        const answer = await post(path, '');
        expect(answer.status).toBe(404);
        expect(await answer.json()).toMatchObject({
          message: expect.stringContaining('/v1/traces'),
        });
      }
      const wrong = await post('/v1/traces', '', 'GET');
      expect(wrong.status).toBe(405);
      expect(wrong.headers.get('allow')).toBe('POST');
    });

    it('closes when the backend stops, even with open connections', async () => {
      expect((await fetch(`${base}/healthz`)).status).toBe(200);
      await backend.stop();
      await expect(fetch(`${base}/healthz`)).rejects.toThrow();
    });
  });

  it('names the setting if the port is in use', async () => {
    const other = createServer();
    const port = await listen(other);
    await expect(
      OtlpListener.start({
        listen: { host: '127.0.0.1', port },
        handle: async () => undefined,
        isDraining: () => false,
        bodyTimeoutMs: 1000,
      }),
    ).rejects.toThrow(
      `cloudtrace.ingest.listen: cannot listen on 127.0.0.1:${port}`,
    );
    other.close();
  });

  it('responds with 503 to health checks while it drains, and completes pending requests', async () => {
    let answer: () => void = () => undefined;
    const begun = new Promise<void>(resolve => {
      answer = resolve;
    });
    let finish: () => void = () => undefined;
    let draining = false;
    const listener = await OtlpListener.start({
      listen: { host: '127.0.0.1', port: 0 },
      handle: async (_req, res) => {
        answer();
        await new Promise<void>(resolve => {
          finish = resolve;
        });
        res.end('done');
      },
      isDraining: () => draining,
      bodyTimeoutMs: 1000,
    });
    const base = `http://127.0.0.1:${listener.port}`;
    const underWay = fetch(`${base}/v1/traces`, { method: 'POST' });
    await begun;
    draining = true;
    expect((await fetch(`${base}/healthz`)).status).toBe(503);
    const stopped = listener.stop();
    finish();
    expect(await (await underWay).text()).toBe('done');
    await stopped;
  });
});
