import request from 'supertest';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../testUtils/backend';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import { seedRequests, type SeedRequest } from '../testUtils/seedRequests';

jest.setTimeout(120_000);

const BASE = '/api/cloudtrace/v1/entities/component/default/shop';

describe('events', () => {
  let databases: TestDatabases;
  let backend: Awaited<ReturnType<typeof startCloudtraceBackend>>;
  let token: string;
  let requestsToken: string;

  beforeAll(async () => {
    databases = await startTestPostgres();
    const database = await databases.createTestDatabase();
    backend = await startCloudtraceBackend({
      database,
      entities: [testEntity('shop'), testEntity('other')],
    });
    const create = async (kind: string) => {
      const { body } = await request(backend.server)
        .post(`${BASE}/tokens`)
        .set(asUser())
        .send({ kind, name: 'ci', environment: 'production' });
      return body.secret;
    };
    token = await create('events');
    requestsToken = await create('requests');
    const now = Date.now();
    const minute = (n: number) => new Date(now - n * 60_000);
    const requests: SeedRequest[] = [];
    for (let n = 40; n > 1; n -= 1) {
      for (let i = 0; i < 15; i += 1) {
        requests.push({
          startedAt: minute(n),
          instance: `i-${i % 2}`,
          durationMs: n > 12 ? 50 : 160,
        });
      }
    }
    await seedRequests(
      database.knex,
      { entityRef: 'component:default/shop', environment: 'production' },
      requests,
    );
  });
  afterAll(async () => {
    await backend.stop();
    await databases.stop();
  });

  const report = (event: unknown, secret: string | undefined = token) =>
    request(backend.server)
      .post('/api/cloudtrace/events')
      .set(secret ? { authorization: `Bearer ${secret}` } : {})
      .send(event as object);
  const at = (minutes: number) =>
    new Date(Date.now() - minutes * 60_000).toISOString();
  const get = (path: string, query: object = {}) =>
    request(backend.server).get(`${BASE}${path}`).set(asUser()).query(query);

  const deploy = {
    kind: 'deploy',
    id: 'run-1',
    at: at(13),
    status: 'started',
    version: '4f2c',
    url: 'https://ci.example/1',
  };

  it('stores each kind once, updates it, and shows it on the timeline', async () => {
    expect((await report(deploy)).body).toEqual({
      id: 'run-1',
      kind: 'deploy',
      stored: 'new',
    });
    expect((await report(deploy)).body.stored).toBe('unchanged');
    const done = { ...deploy, status: 'succeeded', endedAt: at(12) };
    const answer = await report(done);
    expect([answer.status, answer.body.stored]).toEqual([202, 'updated']);
    // A start that arrives late must not undo the outcome.
    expect((await report(deploy)).body.stored).toBe('unchanged');
    const others = [
      {
        kind: 'drift',
        id: 'd1',
        at: at(10),
        status: 'drifted',
        stack: 'shop-prod',
        driftedResources: [{ id: 'sg-1', change: 'changed' }],
      },
      { kind: 'load-test', id: 'l1', at: at(9), status: 'passed', tool: 'k6' },
      {
        kind: 'healing',
        id: 'h1',
        at: at(8),
        status: 'succeeded',
        action: 'restart',
        reason: 'Memory at 96 %',
        instanceId: 'i-1',
      },
    ];
    for (const event of others) {
      expect((await report(event)).status).toBe(202);
    }
    const { body, status } = await get('/timeline');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      environment: 'production',
      total: 4,
      counts: { deploy: 1, drift: 1, 'load-test': 1, healing: 1 },
      hidden: [],
    });
    expect(body.items.map((e: any) => [e.kind, e.severity, e.title])).toEqual([
      ['healing', 'success', 'Restart succeeded'],
      ['load-test', 'success', 'Load test passed'],
      [
        'drift',
        'warning',
        'The infrastructure of shop-prod has drifted (1 resource)',
      ],
      ['deploy', 'success', 'Deploy of 4f2c succeeded'],
    ]);
    expect(body.items[0]).toMatchObject({
      subject: 'i-1',
      detail: 'Memory at 96 %',
    });
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await get('/timeline', {
        limit: 1,
        ...(cursor && { cursor }),
      });
      paged.push(...page.body.items.map((e: any) => e.id));
      cursor = page.body.nextCursor;
    } while (cursor);
    expect(paged).toEqual(body.items.map((e: any) => e.id));
    const deploys = await get('/timeline', { kind: 'deploy' });
    expect(deploys.body.total).toBe(1);
    const elsewhere = await request(backend.server)
      .get(`${BASE.replace('shop', 'other')}/timeline`)
      .set(asUser());
    expect(elsewhere.body.total).toBe(0);
  });

  it('reports insights and possible causes in the overview', async () => {
    const { body, status } = await get('/overview');
    expect(status).toBe(200);
    expect(body.figures.map((f: any) => f.id)).toEqual([
      'requestsPerSecond',
      'errorRate',
      'p95Ms',
      'healthy',
    ]);
    const jump = body.insights.find((i: any) => i.kind === 'latency-jump');
    expect(jump).toMatchObject({
      severity: 'critical',
      text: expect.stringMatching(
        /^p95 is 3\.\d × what it was before \(\d+ ms → \d+ ms\)$/,
      ),
      causeEventId: 'deploy:run-1',
    });
  });

  it.each<[string, unknown, string]>([
    ['an unknown kind', { ...deploy, kind: 'party' }, "'kind' must be one of"],
    ['no id', { ...deploy, id: undefined }, "Missing property 'id'"],
    [
      'an unknown property',
      { ...deploy, colour: 1 },
      "Unknown property 'colour'",
    ],
    ['no time', { ...deploy, at: 'noon' }, "'at' must be a time such as"],
    [
      'the far future',
      { ...deploy, at: '2299-01-01T00:00:00Z' },
      "'at' must be",
    ],
    ['an end before the start', { ...deploy, endedAt: at(60) }, "'endedAt'"],
    ['a script as URL', { ...deploy, url: 'javascript:alert(1)' }, "'url'"],
    ['U+0000', { ...deploy, description: 'a\u0000b' }, 'U+0000'],
    ['a list', [deploy], 'The body must be an object'],
    ['nothing', {}, "'kind' is missing; it must be one of deploy, drift"],
  ])('rejects %s', async (_, event, message) => {
    const { body, status } = await report(event);
    expect(body.error?.message).toContain(message);
    expect(status).toBe(400);
  });

  it('accepts only event tokens, JSON and bodies of limited size', async () => {
    expect((await report(deploy, '')).status).toBe(401);
    expect((await report(deploy, requestsToken)).status).toBe(401);
    expect((await report(deploy, `${token}x`)).status).toBe(401);
    const text = await request(backend.server)
      .post('/api/cloudtrace/events')
      .set({ authorization: `Bearer ${token}`, 'content-type': 'text/plain' })
      .send('hello');
    expect(text.status).toBe(415);
    const broken = await request(backend.server)
      .post('/api/cloudtrace/events')
      .set({
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      })
      .send('{"kind": hunter2}');
    expect(broken.status).toBe(400);
    expect(broken.body.error).toEqual({
      name: 'InputError',
      message: "The body is not valid JSON: unexpected character 'h'",
    });
    expect(broken.text).not.toContain('hunter');
    const large = await report({ ...deploy, description: 'x'.repeat(300_000) });
    expect(large.status).toBe(413);
  });
});
