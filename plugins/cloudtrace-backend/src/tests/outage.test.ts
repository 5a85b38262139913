import request from 'supertest';
import document from '../schema/openapi.json';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../testUtils/backend';

jest.setTimeout(180_000);

const reads = Object.entries(document.paths)
  .filter(([path, item]) => path.startsWith('/v1/') && 'get' in item)
  .map(([path]) => path);

describe('while the database is down', () => {
  let databases: TestDatabases;
  let backend: Awaited<ReturnType<typeof startCloudtraceBackend>>;

  beforeAll(async () => {
    databases = await startTestPostgres();
    const database = await databases.createTestDatabase();
    database.knex.on('error', () => undefined);
    backend = await startCloudtraceBackend({
      database,
      entities: [testEntity('shop')],
      config: { cloudtrace: { ingest: { platformTokens: true } } },
    });
    await databases.server.stop();
  });
  afterAll(async () => {
    await backend.stop();
    await databases.stop();
  });

  const expectRetryable = (answer: request.Response, what: string) => {
    expect([what, answer.status, answer.body.error?.name]).toEqual([
      what,
      503,
      'ServiceUnavailableError',
    ]);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    // The message of the database goes only to the log.
    expect(answer.text).not.toMatch(/select|ECONNREFUSED|127\.0\.0\.1/i);
  };

  it.each(reads)('responds to GET %s with 503 and Retry-After', async path => {
    const filled = path
      .replace('{kind}', 'component')
      .replace('{namespace}', 'default')
      .replace('{name}', 'shop')
      .replace('{spanId}', '1'.repeat(16))
      .replace('{findingId}', '11111111-1111-4111-8111-111111111111')
      .replace(/\{\w+\}/, '1'.repeat(32));
    const query = path.endsWith('/findings/export') ? '?format=csv' : '';
    expectRetryable(
      await request(backend.server)
        .get(`/api/cloudtrace${filled}${query}`)
        .set(asUser()),
      path,
    );
  });

  it('responds to writes in the same way', async () => {
    const tokens = '/api/cloudtrace/v1/entities/component/default/shop/tokens';
    expectRetryable(
      await request(backend.server)
        .post(tokens)
        .set(asUser())
        .send({ kind: 'scans', name: 'ci' }),
      'create',
    );
    expectRetryable(
      await request(backend.server)
        .delete(`${tokens}/abcdefghijkl`)
        .set(asUser()),
      'revoke',
    );
  });
});
