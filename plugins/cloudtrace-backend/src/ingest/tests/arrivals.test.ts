import request from 'supertest';
import { MINUTE_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { compactEntity } from '../../rollups/database/compactEntity';
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
import { httpSpan, otlpProtobuf } from '../../testUtils/otlp';
import { postBody } from '../../testUtils/postBody';

jest.setTimeout(60_000);

describe.each(testPostgresVersions())('arrivals, PostgreSQL %s', version => {
  let databases: TestDatabases;
  let database: TestDatabase;
  let backend: Awaited<ReturnType<typeof startCloudtraceBackend>>;

  beforeAll(async () => {
    databases = await startTestPostgres({ version });
    database = await databases.createTestDatabase();
    backend = await startCloudtraceBackend({
      database,
      entities: [testEntity('ahead'), testEntity('late')],
    });
  });
  afterAll(async () => {
    await backend?.stop();
    await databases.stop();
  });

  /** Reads Diagnostics before and after compaction. */
  async function send(name: string, startMs: number) {
    const token = await createTestToken(
      database.knex,
      `component:default/${name}`,
    );
    const startNs = BigInt(startMs) * 1_000_000n;
    const sentAt = Date.now();
    const { status } = await postBody(
      backend.server.port(),
      '/api/cloudtrace/otlp/v1/traces',
      {
        authorization: `Bearer ${token}`,
        'content-type': 'application/x-protobuf',
      },
      otlpProtobuf([{ spans: [httpSpan({ startNs })] }]),
    );
    expect(status).toBe(200);
    const diagnose = async () => {
      const { body } = await request(backend.server)
        .get(
          `/api/cloudtrace/v1/entities/component/default/${name}/diagnostics`,
        )
        .query({ environment: 'production' })
        .set(asUser())
        .expect(200);
      const [{ status: state, lastSuccessAt }] = body.sources;
      const lastMs = Date.parse(lastSuccessAt);
      // Database and test use the same clock.
      return {
        isStale: state === 'stale',
        arrivedNow: lastMs >= sentAt - 1000 && lastMs <= Date.now() + 1000,
      };
    };
    const before = await diagnose();
    const { rows } = await database.knex.raw(
      'SELECT entity_id FROM entities WHERE entity_ref = ?',
      [`component:default/${name}`],
    );
    await compactEntity(database.knex, rows[0].entity_id, new Date());
    return [before, await diagnose()];
  }

  it.each([
    ['ahead', 9 * MINUTE_MS],
    ['late', -60 * MINUTE_MS],
  ])('appear in Diagnostics when clocks are %s', async (name, offsetMs) => {
    const expected = { isStale: false, arrivedNow: true };
    expect(await send(name, Date.now() + offsetMs)).toEqual([
      expected,
      expected,
    ]);
  });
});
