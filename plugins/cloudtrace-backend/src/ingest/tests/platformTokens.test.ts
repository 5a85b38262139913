import type { TestBackend } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import request from 'supertest';
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
import { createPlatformToken } from '../../testUtils/createPlatformToken';
import { createTestToken } from '../../testUtils/createTestToken';
import {
  httpSpan,
  otlpJson,
  otlpProtobuf,
  testId,
  type TestResourceSpans,
} from '../../testUtils/otlp';
import { postBody } from '../../testUtils/postBody';
import { compareRollupsWithRows } from '../../testUtils/rollupInvariant';

jest.setTimeout(120_000);

const PATH = '/api/cloudtrace/otlp/v1/traces';
const SERVICES = ['s-0', 's-1', 's-2'];

/** Spans of a service. */
function spansOf(name: string, count: number, more: object = {}) {
  return {
    resource: { 'service.name': name, 'service.instance.id': 'i-1', ...more },
    spans: Array.from({ length: count }, () =>
      httpSpan({
        traceId: testId(32),
        spanId: testId(16),
        startNs: BigInt(Date.now()) * 1_000_000n,
      }),
    ),
  };
}

describe.each(testPostgresVersions())(
  'platform tokens, PostgreSQL %s',
  version => {
    let databases: TestDatabases;
    let database: TestDatabase;
    let backend: TestBackend;
    let token: string;

    beforeAll(async () => {
      databases = await startTestPostgres({ version });
      database = await databases.createTestDatabase();
      const relations = [{ type: 'ownedBy', targetRef: 'group:default/red' }];
      backend = await startCloudtraceBackend({
        database,
        entities: [
          ...SERVICES.map(name => testEntity(name, { relations })),
          ...SERVICES.map(name => testEntity(`own-${name}`)),
          testEntity('counted', { relations }),
          testEntity('greedy'),
          testEntity('twin-a', {
            metadata: {
              name: 'twin-a',
              annotations: { 'cloudtrace.io/service-name': 'twin' },
            },
          }),
          testEntity('twin'),
          testEntity('strict', {
            metadata: {
              name: 'strict',
              annotations: { 'cloudtrace.io/environments': 'production' },
            },
          }),
          testEntity('assigned'),
        ],
        config: {
          cloudtrace: {
            ingest: {
              platformTokens: true,
              quotas: { spansPerSecond: 500, bytesPerDay: 1_000_000 },
            },
          },
        },
      });
      token = await createPlatformToken(database.knex);
    });
    afterAll(async () => {
      await backend?.stop();
      await databases.stop();
    });

    const post = async (
      bearer: string,
      groups: TestResourceSpans[],
      encoding: 'json' | 'protobuf' = 'json',
    ) => {
      const json = encoding === 'json';
      const answer = await postBody(
        backend.server.port(),
        PATH,
        {
          authorization: `Bearer ${bearer}`,
          'content-type': json ? 'application/json' : 'application/x-protobuf',
        },
        json ? otlpJson(groups) : otlpProtobuf(groups),
      );
      return {
        status: answer.status,
        body: json ? JSON.parse(answer.body) : answer.body,
      };
    };
    const countOf = async (name: string) => {
      const { rows } = await database.knex.raw(
        `SELECT count(*)::int AS count FROM requests JOIN entities USING (entity_id)
        WHERE entity_ref = ?`,
        [`component:default/${name}`],
      );
      return rows[0].count as number;
    };
    const unknown = async () => {
      const answer = await request(backend.server)
        .get('/api/cloudtrace/v1/platform/services')
        .set(asUser())
        .expect(200);
      return answer.body as {
        items: { name: string; reason: string; spans: number }[];
      };
    };

    /** What is stored of an entity, without its numbers. */
    const storedOf = async (name: string) => {
      const { rows } = await database.knex.raw(
        `SELECT r.started_at, r.trace_id, r.span_id, r.duration_us, r.status_code,
              r.flags, i.environment, i.instance_key, i.zone, n.method, n.route
         FROM requests r JOIN entities e USING (entity_id)
         JOIN instances i USING (entity_id, instance_id)
         JOIN routes n USING (entity_id, route_id)
        WHERE e.entity_ref = ? ORDER BY r.span_id, r.trace_id`,
        [`component:default/${name}`],
      );
      return rows;
    };

    it('store for each entity what its own token would store', async () => {
      const own = Object.fromEntries(
        await Promise.all(
          SERVICES.map(async name => [
            name,
            await createTestToken(
              database.knex,
              `component:default/own-${name}`,
              'default',
            ),
          ]),
        ),
      ) as Record<string, string>;
      const group = fc.record({
        name: fc.constantFrom(...SERVICES),
        instance: fc.constantFrom('i-1', 'i-2'),
        routes: fc.array(fc.constantFrom('/a', '/b', '/Ü'), { maxLength: 5 }),
        kind: fc.constantFrom(2, 3, 5),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(group, { maxLength: 8 }),
          fc.constantFrom('json' as const, 'protobuf' as const),
          async (all, encoding) => {
            const groups = all.map(({ name, instance, routes, kind }) => ({
              name,
              resource: {
                'service.name': name,
                'service.instance.id': instance,
              },
              spans: routes.map(route => ({
                kind,
                traceId: testId(32),
                spanId: testId(16),
                startNs: BigInt(Date.now()) * 1_000_000n,
                attributes: {
                  'http.request.method': 'GET',
                  'http.route': route,
                },
              })),
            }));
            const answer = await post(token, groups, encoding);
            expect(answer.status).toBe(200);
            for (const name of SERVICES) {
              const part = groups.filter(one => one.name === name);
              expect((await post(own[name], part, encoding)).status).toBe(200);
            }
          },
        ),
        { numRuns: 25 },
      );
      for (const name of SERVICES) {
        const stored = await storedOf(name);
        expect(stored.length).toBeGreaterThan(10);
        expect(stored).toEqual(await storedOf(`own-${name}`));
      }
      const compared = await compareRollupsWithRows(database.knex);
      expect(compared.rollups).toEqual(compared.rows);
    });

    it('store a body once, however often it is sent, also if services are assigned meanwhile', async () => {
      const groups = [spansOf('counted', 3), spansOf('counted-too', 2)];
      expect((await post(token, groups)).body).toEqual({
        partialSuccess: {
          rejectedSpans: '2',
          errorMessage: '2 × no entity claims the service: counted-too',
        },
      });
      await request(backend.server)
        .put('/api/cloudtrace/v1/platform/assignments')
        .set(asUser())
        .send({ name: 'counted-too', entityRef: 'component:default/counted' })
        .expect(204);
      expect((await post(token, groups)).body).toEqual({});
      expect((await post(token, groups)).body).toEqual({});
      expect(await countOf('counted')).toBe(5);
      expect((await unknown()).items).not.toContainEqual(
        expect.objectContaining({ name: 'counted-too' }),
      );
    });

    it('store the services that they can, and report the others', async () => {
      const { status, body } = await post(token, [
        spansOf('counted', 1),
        spansOf('twin', 2),
        spansOf('strict', 3, { 'deployment.environment.name': 'prod' }),
        spansOf('nobody', 4),
      ]);
      expect(status).toBe(200);
      expect(body.partialSuccess).toEqual({
        rejectedSpans: '9',
        errorMessage:
          '2 × several entities claim the service, so none gets its requests: twin; ' +
          '3 × the entity does not list the environment: strict in prod; ' +
          '4 × no entity claims the service: nobody',
      });
      expect(await countOf('twin')).toBe(0);
      expect(await countOf('twin-a')).toBe(0);
      expect((await unknown()).items).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            name: 'twin',
            reason: 'ambiguous',
            spans: 2,
            claimedBy: ['component:default/twin-a', 'component:default/twin'],
          }),
          expect.objectContaining({
            name: 'strict',
            reason: 'environment',
            environment: 'prod',
            spans: 3,
          }),
          expect.objectContaining({ name: 'nobody', reason: 'unknown' }),
        ]),
      );
    });

    it('send no requests of entities outside their scope', async () => {
      const red = await createPlatformToken(database.knex, {
        owners: ['group:default/red'],
      });
      await waitForTokens(red);
      const before = await countOf('assigned');
      const { body } = await post(red, [
        spansOf('counted', 1),
        spansOf('assigned', 1),
      ]);
      expect(body.partialSuccess).toEqual({
        rejectedSpans: '1',
        errorMessage:
          '1 × the token may not send requests of the service: assigned',
      });
      expect(await countOf('assigned')).toBe(before);
    });

    it('keep the quota of each entity, and ask to retry only if nothing was stored', async () => {
      let answer = await post(token, [spansOf('greedy', 900)]);
      while (answer.status === 200) {
        answer = await post(token, [spansOf('greedy', 900)]);
      }
      expect(answer).toEqual({
        status: 429,
        body: expect.objectContaining({ code: 8 }),
      });
      const stored = await countOf('greedy');
      const mixed = await post(token, [
        spansOf('greedy', 2),
        spansOf('s-0', 1),
      ]);
      expect(mixed).toEqual({
        status: 200,
        body: {
          partialSuccess: {
            rejectedSpans: '2',
            errorMessage: '2 × the entity exceeds its quota: greedy',
          },
        },
      });
      // What cannot be stored anyway does not hide that the rest can be retried.
      const retried = await post(token, [
        spansOf('greedy', 2),
        spansOf('nobody', 1),
      ]);
      expect(retried.status).toBe(429);
      expect(await countOf('greedy')).toBe(stored);
    });

    it('count a bounded number of unknown names of bounded length', async () => {
      const groups = Array.from({ length: 10_000 }, (_, i) =>
        spansOf(`flood-${i}`, 1),
      );
      const answer = await post(token, groups, 'protobuf');
      expect(answer.status).toBe(200);
      expect(answer.body.length).toBeLessThan(1000);
      const long = await post(token, [
        spansOf(`\u0000${'x'.repeat(10_000)}`, 1),
      ]);
      expect(long.status).toBe(200);
      expect(JSON.stringify(long.body).length).toBeLessThan(500);
      await post(token, [spansOf('one-more', 1)]);
      const { items } = await unknown();
      const { rows } = await database.knex.raw(
        'SELECT count(*)::int AS names FROM unknown_services',
      );
      expect(rows).toEqual([{ names: 1001 }]);
      const flood = items.filter(({ name }) => name.startsWith('flood-'));
      const other = items.find(({ name }) => name === '(other)')!;
      expect(flood.length + other.spans).toBe(10_000 + 2);
      expect(Math.max(...items.map(({ name }) => name.length))).toBeLessThan(
        257,
      );
      const compared = await compareRollupsWithRows(database.knex);
      expect(compared.rollups).toEqual(compared.rows);
    });

    it('are of no use for uploads, and stop when they are revoked', async () => {
      const create = await request(backend.server)
        .post('/api/cloudtrace/v1/platform/tokens')
        .set(asUser())
        .send({ name: 'collector', scope: { systems: ['shop'] } })
        .expect(201);
      const { secret } = create.body;
      expect(create.body.token).toMatchObject({
        scope: { systems: ['system:default/shop'] },
        status: 'live',
        createdBy: 'user:default/ann',
      });
      expect((await post(secret, [])).status).toBe(200);
      const scan = await request(backend.server)
        .post('/api/cloudtrace/scans/sarif')
        .set({ authorization: `Bearer ${secret}` })
        .send({});
      expect(scan.status).toBe(401);
      await request(backend.server)
        .delete(
          `/api/cloudtrace/v1/platform/tokens/${create.body.token.tokenId}`,
        )
        .set(asUser())
        .expect(204);
      expect((await post(secret, [])).status).toBe(401);
      const list = await request(backend.server)
        .get('/api/cloudtrace/v1/platform/tokens')
        .set(asUser())
        .expect(200);
      expect(list.body.items).toContainEqual(
        expect.objectContaining({ name: 'collector', status: 'revoked' }),
      );
    });

    it('report a malformed body as a whole', async () => {
      const body = otlpProtobuf([spansOf('counted', 1)]);
      const answer = await postBody(
        backend.server.port(),
        PATH,
        {
          authorization: `Bearer ${token}`,
          'content-type': 'application/x-protobuf',
        },
        body.subarray(0, body.length - 2),
      );
      expect(answer.status).toBe(400);
    });

    /** A token that was created in the database is known after a while. */
    async function waitForTokens(secret: string) {
      await request(backend.server)
        .post('/api/cloudtrace/v1/platform/tokens')
        .set(asUser())
        .send({ name: 'forget', scope: { all: true } })
        .expect(201);
      expect((await post(secret, [])).status).toBe(200);
    }
  },
);
