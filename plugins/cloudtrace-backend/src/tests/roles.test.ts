import { mockServices } from '@backstage/backend-test-utils';
import request from 'supertest';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../testUtils/backend';
import { createTestToken } from '../testUtils/createTestToken';
import { httpSpan, otlpProtobuf } from '../testUtils/otlp';

jest.setTimeout(180_000);

const DIAGNOSTICS =
  '/api/cloudtrace/v1/entities/component/default/shop/diagnostics';
const TRACES = '/api/cloudtrace/otlp/v1/traces';
const SCANS = '/api/cloudtrace/v1/scans';

describe('replicas with different roles', () => {
  let databases: TestDatabases;
  let database: TestDatabase;
  const backends: Array<{ stop(): Promise<void> }> = [];

  beforeAll(async () => {
    databases = await startTestPostgres();
    database = await databases.createTestDatabase();
  });
  afterAll(async () => {
    await Promise.all(backends.map(backend => backend.stop()));
    await databases.stop();
  });

  const start = async (role: string) => {
    const scheduleTask = jest.fn(async ({ id }: { id: string }) => id);
    const backend = await startCloudtraceBackend({
      database,
      entities: [testEntity('shop')],
      config: { cloudtrace: { role } },
      features: [
        mockServices.scheduler.mock({ scheduleTask: scheduleTask as never })
          .factory,
      ],
    });
    backends.push(backend);
    const tasks = scheduleTask.mock.calls.map(([{ id }]) => id);
    return { server: backend.server, tasks };
  };
  const send = (server: Parameters<typeof request>[0], secret: string) =>
    request(server)
      .post(TRACES)
      .set({
        authorization: `Bearer ${secret}`,
        'content-type': 'application/x-protobuf',
      })
      .send(otlpProtobuf([{ spans: [httpSpan()] }]));

  it('share the work', async () => {
    const portal = await start('portal');
    const ingest = await start('ingest');
    const secret = await createTestToken(
      database.knex,
      'component:default/shop',
    );

    expect((await send(ingest.server, secret)).status).toBe(200);
    const refused = await request(portal.server)
      .post(TRACES)
      .set('authorization', `Bearer ${secret}`)
      .send({ resourceSpans: [] });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.body.message).toContain("the role 'portal'");

    const read = (server: Parameters<typeof request>[0]) =>
      request(server).get(DIAGNOSTICS).set(asUser());
    const missing = await read(ingest.server);
    expect(missing.status).toBe(404);
    expect(missing.body.error.message).toContain("the role 'ingest'");
    expect((await request(ingest.server).post(SCANS)).status).toBe(401);

    const { body } = await read(portal.server);
    const requests = body.sources.find(
      ({ id }: { id: string }) => id === 'requests',
    );
    expect(requests.lastSuccessAt).toBeDefined();
    // What this replica does not count is not zero.
    const ids = requests.figures.map(({ id }: { id: string }) => id);
    expect(ids).toContain('partitions-requests');
    expect(ids).not.toContain('spans-stored');

    expect(ingest.tasks).toEqual([]);
    expect(portal.tasks).toEqual(
      expect.arrayContaining([
        'cloudtrace-compact-rollups',
        'cloudtrace-maintain-partitions',
      ]),
    );
  });

  it('do not start with an unknown one', async () => {
    await expect(start('both')).rejects.toThrow(
      "cloudtrace.role must be all, portal, ingest, but is 'both'",
    );
  });
});
