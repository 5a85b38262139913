import request from 'supertest';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../testUtils/backend';

jest.setTimeout(120_000);

const BASE = '/api/cloudtrace/v1/entities/component/default/shop';
const REASON =
  'The entity component:default/shop was registered again after this ingest token was created; create a new token on its CloudTrace tab';

describe('tokens of an entity that was registered again', () => {
  let databases: TestDatabases;
  let backend: Awaited<ReturnType<typeof startCloudtraceBackend>>;
  const entity = testEntity('shop', {
    metadata: { name: 'shop', uid: 'uid-of-the-first' },
  });

  beforeAll(async () => {
    databases = await startTestPostgres();
    backend = await startCloudtraceBackend({
      database: await databases.createTestDatabase(),
      entities: [entity],
    });
  });
  afterAll(async () => {
    await backend.stop();
    await databases.stop();
  });

  it('explain to every sender why they stopped, and to the owner in the list', async () => {
    const secrets: Record<string, string> = {};
    for (const kind of ['requests', 'scans', 'events']) {
      const { body } = await request(backend.server)
        .post(`${BASE}/tokens`)
        .set(asUser())
        .send({ kind, name: 'ci', environment: 'production' });
      secrets[kind] = body.secret;
    }
    entity.metadata.uid = 'uid-of-the-second';

    const send = (path: string, kind: string) =>
      request(backend.server)
        .post(`/api/cloudtrace${path}`)
        .set('authorization', `Bearer ${secrets[kind]}`)
        .send({});
    const spans = await send('/otlp/v1/traces', 'requests');
    expect([spans.status, spans.body.message]).toEqual([401, REASON]);
    for (const [path, kind] of [
      ['/scans/sarif', 'scans'],
      ['/events', 'events'],
    ]) {
      const { status, body, headers } = await send(path, kind);
      expect([path, status, body.error.message]).toEqual([path, 401, REASON]);
      expect(headers['www-authenticate']).toMatch(/^Bearer/);
    }

    const list = await request(backend.server)
      .get(`${BASE}/tokens`)
      .set(asUser());
    expect(list.body.items.map((t: { status: string }) => t.status)).toEqual(
      Array(3).fill('entity-replaced'),
    );
    const diagnostics = await request(backend.server)
      .get(`${BASE}/diagnostics?environment=production`)
      .set(asUser());
    const [source] = diagnostics.body.sources;
    expect(source.tokens).toMatchObject({ live: 0, entityReplaced: 1 });
    expect(source.problems.map(({ code }: { code: string }) => code)).toContain(
      'token-entity-replaced',
    );
  });
});
