import { deepStrictEqual } from 'node:assert';
import request from 'supertest';
import { HOUR_MS, MINUTE_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { ensureEntity } from '../database/entities/ensureEntity';
import { resolveInstances } from '../testUtils/resolveNames';
import {
  startTestPostgres,
  testPostgresVersions,
  type TestDatabases,
} from '../testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../testUtils/backend';
import { createTestToken } from '../testUtils/createTestToken';
import { httpSpan, otlpJson, type TestSpan } from '../testUtils/otlp';
import { compareRollupsWithRows } from '../testUtils/rollupInvariant';
import { seedRequests } from '../testUtils/seedRequests';

jest.setTimeout(120_000);

const ENTITY_REF = 'component:default/shop';
const BASE = '/api/cloudtrace/v1/entities/component/default/shop';
const CONSUMER = 5;
const MINUTES = 10;

describe.each(testPostgresVersions())(
  'requests and messages, PostgreSQL %s',
  version => {
    let databases: TestDatabases;
    let service: Awaited<ReturnType<typeof startService>>;
    /** The start of a minute eleven minutes ago, so that all of the minutes are over. */
    const start = Math.floor(Date.now() / MINUTE_MS - MINUTES - 1) * MINUTE_MS;

    beforeAll(async () => {
      databases = await startTestPostgres({ version });
    });
    beforeEach(async () => {
      service = await startService(databases);
    });
    afterEach(async () => {
      const { rollups, rows } = await compareRollupsWithRows(service.knex);
      deepStrictEqual(rollups, rows);
      await service.stop();
    });
    afterAll(() => databases?.stop());

    const range = {
      from: new Date(start).toISOString(),
      to: new Date(start + MINUTES * MINUTE_MS).toISOString(),
    };
    const requests = (perMinute: number) =>
      spans(start, perMinute, at => httpSpan(at));
    const messages = (perMinute: number) =>
      spans(start, perMinute, at => ({
        ...{ ...at, kind: CONSUMER, name: 'notifications process' },
        attributes: {
          'messaging.system': 'kafka',
          'messaging.operation.type': 'process',
          'messaging.destination.name': 'notifications',
        },
      }));
    const shares = ({ groups }: { groups: any[] }) =>
      groups.map(each => [
        each.key,
        each.kind,
        each.requests,
        each.fairShare && Number(each.fairShare.toFixed(2)),
        ...each.flags.map(({ kind }: any) => kind),
      ]);
    const verdicts = ({ kinds }: { kinds: any[] }) =>
      kinds.map(({ kind, balance }) => [kind, balance.verdict]);

    it('compares APIs with APIs and workers with workers', async () => {
      await service.send('api-1', 'a', requests(37));
      await service.send('api-2', 'b', requests(36));
      await service.send('worker-1', 'a', messages(9));
      await service.send('worker-2', 'b', messages(8));
      const load = await service.load(range);
      expect(shares(load)).toEqual([
        ['api-1', 'server', 370, 0.5],
        ['api-2', 'server', 360, 0.5],
        ['worker-1', 'consumer', 90, 0.5],
        ['worker-2', 'consumer', 80, 0.5],
      ]);
      expect(verdicts(load)).toEqual([
        ['server', 'even'],
        ['consumer', 'even'],
      ]);
      expect(load.balance.verdict).toBe('even');
      expect(load.totals.requests).toBe(900);

      const zones = await service.load({ ...range, groupBy: 'zone' });
      expect(shares(zones)).toEqual([
        ['a', 'server', 370, 0.5],
        ['b', 'server', 360, 0.5],
        ['a', 'consumer', 90, 0.5],
        ['b', 'consumer', 80, 0.5],
      ]);
      const routes = await service.load({ ...range, groupBy: 'route' });
      expect(routes.kinds).toBeUndefined();
      expect(routes.balance.verdict).toBe('not-comparable');
    });

    it('finds the uneven kind, and says so on the overview', async () => {
      await service.send('api-1', 'a', requests(37));
      await service.send('api-2', 'b', requests(36));
      await service.send('worker-1', 'a', messages(28));
      await service.send('worker-2', 'b', messages(4));
      const load = await service.load(range);
      expect(verdicts(load)).toEqual([
        ['server', 'even'],
        ['consumer', 'uneven'],
      ]);
      const overview = await service.get('/overview', range);
      expect(overview.balance).toBe('uneven');
      expect(overview.insights.map(({ text }: any) => text)).toEqual([
        'worker-1 receives 88 % of the messages, its fair share is 50 %',
        'worker-2 receives only 13 % of the messages, its fair share is 50 %',
      ]);
    });

    it('counts an instance that does both once, but judges each kind', async () => {
      await service.send('both', 'a', [...requests(36), ...messages(8)]);
      await service.send('api', 'a', requests(36));
      const load = await service.load(range);
      expect(shares(load)).toEqual([
        ['api', 'server', 360, 0.5],
        ['both', 'server', 360, 0.5],
        ['both', 'consumer', 80, 1],
      ]);
      const { instances } = await service.get('/requests/facets', range);
      expect(instances).toEqual([
        expect.objectContaining({ value: 'both', requests: 440 }),
        expect.objectContaining({ value: 'api', requests: 360 }),
      ]);
      const page = await service.get('/requests', {
        ...range,
        instance: 'both',
      });
      expect(page.total).toBe(440);
    });

    it('keeps the first appearance of an instance for each of its kinds', async () => {
      await service.send('both', 'a', requests(1));
      const began = new Date(Date.now() - HOUR_MS);
      await service.knex('instances').update({ first_seen_at: began });
      await service.send('both', 'a', messages(1));
      expect(await service.knex('instances').distinct('first_seen_at')).toEqual(
        [{ first_seen_at: began }],
      );
    });

    it('counts an instance once against the quota, whatever it does', async () => {
      const entityId = await ensureEntity(service.knex, ENTITY_REF);
      const resolve = (...names: [string, string, string][]) =>
        resolveInstances(service.knex, {
          ...{ entityId, environment: 'test', names, maxNewPerDay: 1 },
        });
      const [server, consumer] = await resolve(
        ['i', 'a', 'server'],
        ['i', 'a', 'consumer'],
      );
      expect([server.overflow, consumer.overflow]).toEqual([false, false]);
      expect(server.id).not.toBe(consumer.id);
      const [beyond, alsoBeyond] = await resolve(
        ['j', 'a', 'server'],
        ['j', 'a', 'consumer'],
      );
      expect([beyond.overflow, alsoBeyond.overflow]).toEqual([true, true]);
      expect(beyond.id).not.toBe(alsoBeyond.id);
      // An instance that an older version knew is not new either.
      await service.knex('instances').insert({
        ...{ entity_id: entityId, environment: 'test', zone: 'a' },
        instance_key: 'old',
      });
      const [known] = await resolve(['old', 'a', 'server']);
      expect(known.overflow).toBe(false);
    });

    it('names the kind unless all of it is requests', async () => {
      await service.send('worker-1', 'a', messages(9));
      await service.send('worker-2', 'b', messages(8));
      const load = await service.load(range);
      expect(verdicts(load)).toEqual([['consumer', 'even']]);
      expect(shares(load)).toEqual([
        ['worker-1', 'consumer', 90, 0.5],
        ['worker-2', 'consumer', 80, 0.5],
      ]);
    });

    it('has no kinds if all of it is requests', async () => {
      await service.send('api-1', 'a', requests(9));
      const load = await service.load(range);
      expect(load.kinds).toBeUndefined();
      expect(shares(load)).toEqual([['api-1', undefined, 90, 1]]);
    });

    it('limits the groups of each kind, so that none hides another', async () => {
      await service.send('api-1', 'a', requests(37));
      await service.send('api-2', 'b', requests(36));
      await service.send('worker-1', 'a', messages(9));
      const load = await service.load({ ...range, limit: 1 });
      expect(shares(load).map(([key]) => key)).toEqual(['api-1', 'worker-1']);
      expect(load.groupsTotal).toBe(3);
      expect(load.otherGroups).toMatchObject({ groups: 1, requests: 360 });
    });

    it('assigns what an older version recorded to the kind that the instance has now', async () => {
      const scope = { entityRef: ENTITY_REF, environment: 'production' };
      const old = (instance: string, kind: '' | 'consumer') =>
        Array.from({ length: 20 }, (_, i) => ({
          ...{ instance, zone: 'a', kind },
          startedAt: new Date(start + i * 1000),
        }));
      await seedRequests(service.knex, scope, [
        ...old('api', ''),
        ...old('worker', ''),
        ...old('both', ''),
        ...old('gone', ''),
      ]);
      // Nothing in this environment has a known kind.
      expect(verdicts(await service.load(range))).toEqual([
        ['unknown', 'not-comparable'],
      ]);

      await service.send('api', 'a', requests(1));
      // All that is known are requests.
      expect((await service.load(range)).kinds).toBeUndefined();

      await service.send('worker', 'a', messages(1));
      await service.send('both', 'a', [...requests(1), ...messages(1)]);
      const load = await service.load(range);
      const counts = shares(load).map(([key, kind, n]) => [key, kind, n]);
      expect(new Set(counts.map(String))).toEqual(
        new Set([
          'api,server,30',
          'worker,consumer,30',
          'both,server,10',
          'both,consumer,10',
          // Nobody can say what these did.
          'both,unknown,20',
          'gone,unknown,20',
        ]),
      );
    });
  },
);

/** Spans per minute for ten minutes. */
function spans(
  startMs: number,
  perMinute: number,
  create: (at: TestSpan) => TestSpan,
): TestSpan[] {
  return Array.from({ length: perMinute * MINUTES }, (_, i) =>
    create({
      startNs:
        BigInt(Math.floor(startMs + (i * MINUTE_MS) / perMinute)) * 1_000_000n,
    }),
  );
}

/** Starts a backend that receives spans of one service. */
async function startService(databases: TestDatabases) {
  const database = await databases.createTestDatabase();
  const { knex } = database;
  const backend = await startCloudtraceBackend({
    database,
    entities: [testEntity('shop')],
  });
  const token = await createTestToken(knex, ENTITY_REF);
  const get = async (path: string, query: object) => {
    const { body, status } = await request(backend.server)
      .get(`${BASE}${path}`)
      .set(asUser())
      .query(query);
    expect([path, status]).toEqual([path, 200]);
    return body;
  };
  return {
    knex,
    get,
    load: (query: object) => get('/load-distribution', query),
    /** Sends spans of one instance. */
    async send(instance: string, zone: string, sent: TestSpan[]) {
      const resource = {
        'service.instance.id': instance,
        'cloud.availability_zone': zone,
      };
      const { status } = await request(backend.server)
        .post('/api/cloudtrace/otlp/v1/traces')
        .set({
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        })
        .send(otlpJson([{ resource, spans: sent }]).toString());
      expect(status).toBe(200);
    },
    async stop() {
      await backend.stop();
      await database.destroy();
    },
  };
}
