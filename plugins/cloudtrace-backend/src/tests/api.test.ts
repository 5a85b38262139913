import request from 'supertest';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../testUtils/backend';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import { seedRequests, type SeedRequest } from '../testUtils/seedRequests';

jest.setTimeout(120_000);

const ENTITY_REF = 'component:default/shop';
const BASE = '/api/cloudtrace/v1/entities/component/default/shop';
const production = { entityRef: ENTITY_REF, environment: 'production' };

describe('requests API', () => {
  let databases: TestDatabases;
  let server: Parameters<typeof request>[0];
  let stop: () => Promise<void>;
  /** The minute that started an hour ago. */
  const start = Math.floor(Date.now() / 60_000) * 60_000 - 3_600_000;
  const at = (minute: number, ms = 0) => new Date(start + minute * 60_000 + ms);

  beforeAll(async () => {
    databases = await startTestPostgres();
    const database = await databases.createTestDatabase();
    const backend = await startCloudtraceBackend({
      database,
      entities: [
        testEntity('shop', {
          metadata: {
            name: 'shop',
            annotations: { 'cloudtrace.io/environments': 'staging,production' },
          },
        }),
        testEntity('empty'),
      ],
      config: {
        cloudtrace: {
          tracing: {
            urlTemplates: [
              {
                title: 'Jaeger',
                url: 'https://jaeger.example/trace/{{traceId}}?uiFind={{ spanId }}&i={{instanceId}}',
              },
            ],
          },
        },
      },
    });
    server = backend.server;
    stop = () => backend.stop();

    const requests: SeedRequest[] = [];
    for (let i = 0; i < 300; i += 1) {
      // i-a and i-b handle one part each, i-c two; i-c is slow and sometimes
      // fails.
      const instance = ['i-a', 'i-b', 'i-c', 'i-c'][i % 4];
      requests.push({
        startedAt: at(i % 60, i),
        instance,
        zone: instance === 'i-a' ? 'eu-1a' : 'eu-1b',
        method: i % 2 ? 'GET' : 'POST',
        route: i % 2 ? '/items/:id' : '/orders',
        status: instance === 'i-c' && i % 10 === 2 ? 503 : 200,
        durationMs: instance === 'i-c' ? 200 : 20,
      });
    }
    await seedRequests(database.knex, production, requests);
    await seedRequests(
      database.knex,
      { entityRef: ENTITY_REF, environment: 'staging-2' },
      [{ startedAt: at(1), instance: 'other', method: '', route: 'nightly' }],
    );
  });

  afterAll(async () => {
    await stop();
    await databases.stop();
  });

  const get = (path: string, query: object = {}) =>
    request(server).get(`${BASE}${path}`).set(asUser()).query(query);
  const range = { from: at(0).toISOString(), to: at(60).toISOString() };

  it("creates a token for the entity's own default environment", async () => {
    const create = (body: object) =>
      request(server)
        .post(`${BASE}/tokens`)
        .set(asUser())
        .send({ kind: 'scans', name: 'ci', ...body });
    const own = await create({});
    expect([own.status, own.body.token.environment]).toEqual([
      201,
      'production',
    ]);
    const chosen = await create({ environment: 'staging' });
    expect(chosen.body.token.environment).toBe('staging');
  });

  it('lists environments: annotated first, then those with data', async () => {
    const { body, status } = await get('/environments');
    expect(status).toBe(200);
    expect(body).toEqual({
      items: [
        { name: 'staging', sources: ['annotation'] },
        {
          name: 'production',
          sources: ['annotation', 'requests'],
          lastReceivedAt: expect.any(String),
        },
        {
          name: 'staging-2',
          sources: ['requests'],
          lastReceivedAt: expect.any(String),
        },
      ],
      default: 'production',
      liveChannel: expect.stringMatching(/^cloudtrace:[0-9a-f]{24}$/),
    });
    const empty = await request(server)
      .get(`${BASE.replace('shop', 'empty')}/environments`)
      .set(asUser());
    expect(empty.body).toMatchObject({
      items: [{ name: 'default', sources: [] }],
      default: 'default',
    });
  });

  it('returns the load by instance, with balance, flags and baseline', async () => {
    const { body, status } = await get('/load-distribution', range);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...range,
      environment: 'production',
      groupBy: 'instance',
      stepMs: 60_000,
      totals: { requests: 300, errors: 15, errorRate: 0.05 },
      balance: {
        groups: 3,
        verdict: 'uneven',
        busiest: { key: 'i-c' },
      },
      groupsTotal: 3,
    });
    // There is no earlier data to compare with.
    expect(body).not.toHaveProperty('previous');
    expect(body.totals.requestsPerSecond).toBeCloseTo(300 / 3600, 6);
    expect(body.series).toHaveLength(60);
    expect(body.balance.busiest.share).toBeCloseTo(0.5, 1);
    expect(body.balance.jainIndex).toBeGreaterThan(0.8);
    expect(body.balance.maxToMean).toBeCloseTo(1.5, 1);
    const [busiest, second] = body.groups;
    expect(busiest).toMatchObject({
      key: 'i-c',
      zone: 'eu-1b',
      requests: 150,
      errors: 15,
      share: 0.5,
    });
    expect(busiest.latencyMs.p95).toBeGreaterThan(195);
    expect(busiest.latencyMs.p95).toBeLessThanOrEqual(200);
    expect(busiest.flags.map((flag: any) => flag.kind)).toEqual(
      expect.arrayContaining(['failing', 'slow', 'hot']),
    );
    expect(second).toMatchObject({ key: 'i-a', requests: 75, errors: 0 });
    const sum = (points: Array<{ requests: number }>) =>
      points.reduce((total, point) => total + point.requests, 0);
    expect(sum(body.series)).toBe(300);
    expect(sum(busiest.series)).toBe(150);
  });

  it('groups by zone and route, accepts a step and sums up groups beyond the limit', async () => {
    const zones = await get('/load-distribution', {
      ...range,
      groupBy: 'zone',
      step: '10m',
    });
    expect(zones.body.stepMs).toBe(600_000);
    expect(zones.body.groups.map((g: any) => [g.key, g.requests])).toEqual([
      ['eu-1b', 225],
      ['eu-1a', 75],
    ]);
    const routes = await get('/load-distribution', {
      ...range,
      groupBy: 'route',
      limit: 1,
    });
    expect(routes.body.groups).toHaveLength(1);
    expect(routes.body.groups[0]).toMatchObject({
      key: 'GET /items/:id',
      method: 'GET',
      route: '/items/:id',
      requests: 150,
    });
    expect(routes.body.otherGroups).toMatchObject({ groups: 1, requests: 150 });
    expect(routes.body.balance.verdict).toBe('not-comparable');
  });

  it('names a route without a method consistently', async () => {
    const query = { ...range, environment: 'staging-2' };
    const load = await get('/load-distribution', {
      ...query,
      groupBy: 'route',
    });
    expect(load.body.groups).toMatchObject([
      { key: 'nightly', firstSeenAt: expect.any(String) },
    ]);
    const facets = await get('/requests/facets', query);
    expect(facets.body.routes).toMatchObject([{ value: 'nightly' }]);
    const filtered = await get('/requests', { ...query, route: 'nightly' });
    expect(filtered.body.items).toHaveLength(1);
  });

  it('returns no figures for an entity that never sent a request', async () => {
    const getEmpty = (path: string) =>
      request(server)
        .get(`${BASE.replace('shop', 'empty')}${path}`)
        .set(asUser())
        .query(range);
    const { body: overview } = await getEmpty('/overview');
    expect(overview.figures.map((f: any) => f.value)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(overview.instances).toBeUndefined();
    const { body: summary } = await getEmpty('/findings/summary');
    expect(summary).not.toHaveProperty('open');
    expect(summary).not.toHaveProperty('newSinceLastScan');
    expect(summary).not.toHaveProperty('fixedSinceLastScan');
  });

  it('pages through all requests once, newest first', async () => {
    const seen: any[] = [];
    let cursor: string | undefined;
    do {
      const { body, status } = await get('/requests', {
        ...range,
        limit: 70,
        ...(cursor && { cursor }),
      });
      expect(status).toBe(200);
      if (!cursor) expect(body.total).toBe(300);
      seen.push(...body.items);
      cursor = body.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(300);
    expect(new Set(seen.map(({ spanId }) => spanId)).size).toBe(300);
    const times = seen.map(({ startedAt }) => startedAt);
    expect(times).toEqual([...times].sort().reverse());
    expect(seen[0]).toEqual({
      startedAt: expect.stringMatching(/\.\d{6}Z$/),
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
      kind: 'server',
      method: expect.any(String),
      route: expect.any(String),
      statusCode: expect.any(Number),
      durationMs: expect.any(Number),
      instanceId: expect.any(String),
      zone: expect.any(String),
      environment: 'production',
      error: expect.any(Boolean),
    });
  });

  it.each<[string, object, number]>([
    ['instance', { instance: 'i-a' }, 75],
    ['two instances', { instance: ['i-a', 'i-b'] }, 150],
    ['zone', { zone: 'eu-1b' }, 225],
    ['route', { route: '/orders' }, 150],
    ['method and route', { route: 'GET /items/:id' }, 150],
    ['method', { method: 'POST' }, 150],
    ['status', { status: '503' }, 15],
    ['status class', { status: '5xx' }, 15],
    ['two statuses', { status: ['2xx', '503'] }, 300],
    ['errors', { errorsOnly: true }, 15],
    ['least duration', { minDurationMs: 100 }, 150],
    ['greatest duration', { maxDurationMs: 20 }, 150],
    ['trace', { traceId: '1'.padStart(32, '0') }, 1],
    ['nothing', { instance: 'i-z' }, 0],
    ['all together', { zone: 'eu-1b', status: '200', maxDurationMs: 50 }, 75],
    ['environment', { environment: 'staging-2' }, 1],
  ])('filters by %s', async (_, filter, expected) => {
    const { body, status } = await get('/requests', { ...range, ...filter });
    expect(status).toBe(200);
    expect(body.total).toBe(expected);
    expect(body.items).toHaveLength(Math.min(50, expected));
  });

  it('counts facets without their own filter', async () => {
    const { body, status } = await get('/requests/facets', {
      ...range,
      instance: 'i-c',
      status: '503',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ exact: true, countedRequests: 15 });
    expect(body.instances).toEqual([
      { value: 'i-c', zone: 'eu-1b', requests: 15, errors: 15 },
    ]);
    expect(body.statusCodes).toEqual([
      { value: '200', requests: 135, errors: 0 },
      { value: '503', requests: 15, errors: 15 },
    ]);
    expect(body.durations).toEqual([
      { fromMs: 200, toMs: 500, requests: 15, errors: 15 },
    ]);
    const all = await get('/requests/facets', range);
    expect(all.body.instances.map((v: any) => [v.value, v.requests])).toEqual([
      ['i-c', 150],
      ['i-a', 75],
      ['i-b', 75],
    ]);
    expect(all.body.durations.map((b: any) => b.requests)).toEqual([
      150, 0, 0, 150,
    ]);
  });

  it('shows one request with neighbours and links, with and without its time', async () => {
    const list = await get('/requests', {
      ...range,
      instance: 'i-a',
      limit: 9,
    });
    const wanted = list.body.items[5];
    const path = `/requests/${wanted.traceId}/${wanted.spanId}`;
    for (const query of [{}, { at: wanted.startedAt }]) {
      const { body, status } = await get(path, query);
      expect(status).toBe(200);
      expect(body.request).toEqual(wanted);
      const ids = (items: any[]) => items.map(({ spanId }) => spanId);
      expect(ids(body.neighbours.after)).toEqual(
        ids(list.body.items.slice(0, 5)).reverse(),
      );
      expect(ids(body.neighbours.before).at(-1)).toEqual(
        list.body.items[6].spanId,
      );
      expect(body.sameTrace).toEqual([]);
      expect(body.routeLatencyMs.p50).toBeGreaterThan(19);
      expect(body.links).toEqual([
        {
          title: 'Jaeger',
          url: `https://jaeger.example/trace/${wanted.traceId}?uiFind=${wanted.spanId}&i=i-a`,
        },
      ]);
    }
    const missing = await get(`/requests/${'f'.repeat(32)}/${'f'.repeat(16)}`);
    expect(missing.status).toBe(404);
    expect(missing.body.error.message).toContain('single requests are kept');
  });

  it.each<[string, string, string]>([
    [
      '/requests',
      'limit=0',
      "Invalid query parameter 'limit': it must be at least 1",
    ],
    ['/requests', 'limit=1&limit=2', "Invalid query parameter 'limit'"],
    ['/requests', 'limit=many', "Invalid query parameter 'limit'"],
    ['/requests', 'cursor=nonsense', "'cursor' is invalid"],
    ['/requests', 'status=9xx', "Invalid query parameter 'status'"],
    ['/requests', 'traceId=12', "Invalid query parameter 'traceId'"],
    ['/requests', 'instance[x]=1', "Invalid query parameter 'instance'"],
    [
      '/requests',
      'instance=a%00b',
      "Invalid query parameter 'instance': it must not contain the character U+0000",
    ],
    ['/requests', 'colour=red', "Unknown query parameter 'colour'"],
    ['/requests', 'from=yesterday', "Invalid query parameter 'from'"],
    [
      '/requests',
      'from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z',
      "'from' (2026-01-02T00:00:00.000Z) must be before 'to'",
    ],
    ['/requests', 'environment=a%20b', "Invalid query parameter 'environment'"],
    ['/requests', 'minDurationMs=5&maxDurationMs=1', "'minDurationMs'"],
    [
      '/load-distribution',
      'groupBy=colour',
      'must be one of instance, zone, route',
    ],
    [
      '/load-distribution',
      'from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z&step=1m',
      'would have 44640 points',
    ],
    ['/requests/xyz/1', '', "Invalid path parameter 'traceId'"],
  ])('rejects %s?%s', async (path, query, message) => {
    const { body, status } = await request(server)
      .get(`${BASE}${path}?${query}`)
      .set(asUser());
    expect(body.error?.message).toContain(message);
    expect(status).toBe(400);
    expect(body.error.name).toBe('InputError');
  });
});
