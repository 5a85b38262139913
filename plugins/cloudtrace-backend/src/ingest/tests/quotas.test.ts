import type { TestBackend } from '@backstage/backend-test-utils';
import request from 'supertest';
import { oneServer } from '../../database/distribution/ServerPools';
import {
  startTestPostgres,
  testPostgresVersions,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { startCloudtraceBackend, testEntity } from '../../testUtils/backend';
import { createTestToken } from '../../testUtils/createTestToken';
import { decodeRpcStatus, httpSpan, otlpProtobuf } from '../../testUtils/otlp';
import { compareRollupsWithRows } from '../../testUtils/rollupInvariant';
import { DailyBytesQuota } from '../quotas/DailyBytesQuota';
import { SpanRateQuota } from '../quotas/SpanRateQuota';

jest.setTimeout(60_000);

describe.each(testPostgresVersions())('quotas, PostgreSQL %s', version => {
  let databases: TestDatabases;
  let database: TestDatabase;
  let backend: TestBackend;

  beforeAll(async () => {
    databases = await startTestPostgres({ version });
    database = await databases.createTestDatabase();
    backend = await startCloudtraceBackend({
      database,
      entities: [testEntity('shop')],
      config: {
        cloudtrace: {
          ingest: {
            quotas: {
              routesPerDay: 50,
              instancesPerDay: 10,
              spansPerSecond: 1000,
            },
          },
        },
      },
    });
  });
  afterAll(async () => {
    await backend?.stop();
    await databases.stop();
  });

  const send = (token: string, groups: Parameters<typeof otlpProtobuf>[0]) =>
    request(backend.server)
      .post('/api/cloudtrace/otlp/v1/traces')
      .set({
        authorization: `Bearer ${token}`,
        'content-type': 'application/x-protobuf',
      })
      .buffer(true)
      .parse((res, done) => {
        const chunks: Buffer[] = [];
        res.on('data', chunk => chunks.push(chunk));
        res.on('end', () => done(null, Buffer.concat(chunks)));
      })
      .send(otlpProtobuf(groups));

  it('count names beyond the quota as (other), and respond with 429 to a token that sends too fast', async () => {
    const { knex } = database;
    const token = await createTestToken(knex, 'component:default/shop');
    let number = 0;
    const flood = () =>
      send(
        token,
        Array.from({ length: 40 }, () => ({
          resource: { 'service.instance.id': `i-${number++}` },
          spans: Array.from({ length: 50 }, () =>
            httpSpan({ attributes: { 'http.route': `/flood/${number++}` } }),
          ),
        })),
      );
    // A burst may have ten seconds' worth, and time passes meanwhile.
    let stored = 0;
    let refused = await flood();
    while (refused.status === 200 && stored < 100_000) {
      stored += 2000;
      refused = await flood();
    }
    expect(stored).toBeGreaterThanOrEqual(10_000);
    expect(refused.status).toBe(429);
    expect(['1', '2']).toContain(refused.headers['retry-after']);
    expect(decodeRpcStatus(refused.body)).toEqual({
      code: 8,
      message: 'The token exceeds its limit of spans per second',
    });

    const { rows } = await knex.raw(`
      SELECT (SELECT count(*) FROM requests)::int AS requests,
             (SELECT count(*) FROM routes)::int AS routes,
             (SELECT count(*) FROM instances)::int AS instances,
             (SELECT count(*) FROM requests JOIN routes USING (entity_id, route_id)
               WHERE route = '(other)')::int AS other`);
    expect(rows).toEqual([
      { requests: stored, routes: 51, instances: 11, other: stored - 50 },
    ]);
    const compared = await compareRollupsWithRows(knex);
    expect(compared.rollups).toEqual(compared.rows);
  });

  it('refill over time', () => {
    let now = 0;
    const quota = new SpanRateQuota(100, () => now);
    quota.spend('a', 1500);
    expect(quota.waitSeconds('a')).toBeCloseTo(5.01);
    expect(quota.waitSeconds('b')).toBe(0);
    now = 5_010;
    expect(quota.waitSeconds('a')).toBe(0);
    now = 1_000_000;
    quota.spend('a', 999);
    expect(quota.waitSeconds('a')).toBe(0);
    expect(new SpanRateQuota(0).waitSeconds('a')).toBe(0);
  });

  it('record bytes once when flushes overlap', async () => {
    const quota = new DailyBytesQuota(oneServer(database.knex), 0);
    quota.spend(8, 100, 1);
    const flushes = [quota.flush(), quota.flush(), quota.flush()];
    quota.spend(8, 10, 1);
    await Promise.all(flushes);
    const { rows } = await database.knex.raw(
      'SELECT bytes::int, spans::int FROM ingest_usage WHERE entity_id = 8',
    );
    expect(rows).toEqual([{ bytes: 110, spans: 2 }]);
  });

  it('apply per day across all replicas, and restart at midnight', async () => {
    let now = Date.parse('2031-01-01T23:00:00Z');
    const replicas = [0, 1].map(
      () => new DailyBytesQuota(oneServer(database.knex), 1000, () => now),
    );
    replicas.forEach(quota => quota.spend(7, 600, 1));
    expect(replicas.map(quota => quota.isUsedUp(7))).toEqual([false, false]);
    await replicas[0].flush();
    await replicas[1].flush();
    expect(replicas[1].isUsedUp(7)).toBe(true);
    replicas[0].spend(7, 1, 1);
    await replicas[0].flush();
    expect(replicas[0].isUsedUp(7)).toBe(true);
    now += 3_600_000;
    expect(replicas.map(quota => quota.isUsedUp(7))).toEqual([false, false]);
  });
});
