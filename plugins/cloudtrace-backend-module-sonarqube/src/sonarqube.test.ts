import {
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import {
  createServiceFactory,
  coreServices,
  type SchedulerServiceTaskInvocationDefinition,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { http, HttpResponse, passthrough } from 'msw';
import { setupServer } from 'msw/node';
import { createHmac } from 'node:crypto';
import request from 'supertest';
import {
  startTestPostgres,
  type TestDatabases,
} from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils/backend';
import { FakeSonarqube } from './testUtils/FakeSonarqube';
import module from './index';
import { readSonarqubeConfig } from './readSonarqubeConfig';

jest.setTimeout(120_000);

const SECRET = 'a secret of the webhook';
const BASE = '/api/cloudtrace/v1/entities/component/default';

const annotated = (name: string, key: string) =>
  testEntity(name, {
    metadata: { name, annotations: { 'sonarqube.org/project-key': key } },
  });

describe('SonarQube', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  let databases: TestDatabases;
  let backend: Awaited<ReturnType<typeof startCloudtraceBackend>>;
  let sonarqube: FakeSonarqube;
  const shop = annotated('shop', 'shop');
  const tasks = new Map<string, SchedulerServiceTaskInvocationDefinition>();

  beforeAll(async () => {
    databases = await startTestPostgres();
    const database = await databases.createTestDatabase();
    const instance = (name: string) => ({
      name,
      baseUrl: `https://${name}.example/sonar/`,
      token: `squ_${name}`,
      webhookSecret: SECRET,
    });
    backend = await startCloudtraceBackend({
      database,
      entities: [
        shop,
        annotated('broken', 'second/shop'),
        annotated('nowhere', 'third/shop'),
        testEntity('plain'),
      ],
      config: {
        cloudtrace: {
          sonarqube: { instances: [instance('default'), instance('second')] },
        },
      },
      features: [
        module,
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () =>
            mockServices.scheduler.mock({
              scheduleTask: async task => {
                tasks.set(task.id, task);
              },
            }),
        }),
      ],
    });
  });
  afterAll(async () => {
    await backend?.stop();
    await databases.stop();
  });
  beforeEach(() => {
    sonarqube ??= new FakeSonarqube();
    sonarqube.asked = [];
    sonarqube.override = undefined;
    server.use(
      sonarqube.handler,
      http.all(/^http:..(127\.0\.0\.1|localhost):/, () => passthrough()),
    );
  });

  const send = (
    body: string,
    options: { instance?: string; signature?: string } = {},
  ) =>
    request(backend.server)
      .post(
        `/api/cloudtrace/webhooks/sonarqube/${options.instance ?? 'default'}`,
      )
      .set('content-type', 'application/json')
      .set(
        'x-sonar-webhook-hmac-sha256',
        options.signature ??
          createHmac('sha256', SECRET).update(body).digest('hex'),
      )
      .send(body);
  const payload = (more: object = {}) =>
    JSON.stringify({
      serverUrl: 'http://169.254.169.254',
      taskId: 'AVh21JS2JepAEhwQ-b3u',
      status: 'SUCCESS',
      analysedAt: sonarqube.analysedAt,
      project: { key: 'shop', url: 'http://169.254.169.254' },
      branch: { name: 'trunk', isMain: true },
      ...more,
    });
  const read = async (path: string) => {
    const answer = await request(backend.server)
      .get(`${BASE}/${path}`)
      .set(asUser());
    return answer.body;
  };
  const source = async (name: string) => {
    const { sources } = await read(`${name}/diagnostics`);
    return sources.find(({ id }: { id: string }) => id === 'scans:sonarqube');
  };
  const titles = async (state = 'open') => {
    const { items } = await read(`shop/findings?state=${state}`);
    return items.map((f: { title: string }) => f.title).sort();
  };
  const pull = (name = 'default') =>
    (tasks.get(`cloudtrace-sonarqube-${name}`)!.fn as Function)(
      new AbortController().signal,
    );
  async function eventually(check: () => Promise<void>) {
    for (let i = 0; ; i++) {
      try {
        await check();
        return;
      } catch (error) {
        if (i > 100) throw error;
        await new Promise(resolve => setTimeout(resolve, 100));
      }
    }
  }

  it('pulls an analysis that a webhook announces, with gate and ratings', async () => {
    sonarqube.hashes = ['a', 'b'];
    sonarqube.gate = 'ERROR';
    expect(await source('shop')).toMatchObject({ status: 'waiting' });
    expect((await send(payload())).status).toBe(202);
    await eventually(async () =>
      expect((await read('shop/findings/summary')).qualityGates).toEqual([
        {
          tool: 'SonarQube',
          projectKey: 'shop',
          status: 'failed',
          url: 'https://default.example/sonar/dashboard?id=shop',
          measures: [
            { name: 'Security', value: '3.0', rating: 'C' },
            { name: 'Coverage', value: '81.5 %' },
          ],
          asOf: '2026-11-01T10:00:00.000Z',
        },
      ]),
    );
    expect(await titles()).toEqual([
      'Problem a',
      'Problem b',
      'Review this password',
    ]);
    const { items } = await read('shop/scans');
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({
      category: 'shop',
      ref: 'trunk',
      commit: 'c0ffee',
      analysedAt: '2026-11-01T10:00:00.000Z',
    });
    expect(await source('shop')).toMatchObject({ status: 'ok' });
    // Hosts come only from the config, and each gets its own token.
    expect(new Set(sonarqube.asked.map(url => url.host))).toEqual(
      new Set(['default.example']),
    );
    expect([...sonarqube.tokens]).toEqual(['Bearer squ_default']);
  });

  it('makes no request for a repeated delivery, and one if nothing is new', async () => {
    const replay = await send(payload());
    expect([replay.status, replay.body]).toEqual([200, { accepted: false }]);
    await pull();
    // The pull only checks which analysis is the newest.
    expect(sonarqube.asked.map(({ pathname }) => pathname)).toEqual([
      '/sonar/api/project_analyses/search',
    ]);
    expect((await read('shop/scans')).items).toHaveLength(2);
  });

  it('shows what the second analysis fixed and added', async () => {
    sonarqube.analysedAt = '2026-11-02T10:00:00+0000';
    sonarqube.hashes = ['b', 'c'];
    sonarqube.gate = 'OK';
    await send(payload());
    await eventually(async () =>
      expect((await read('shop/findings/summary')).qualityGates[0].status).toBe(
        'passed',
      ),
    );
    expect(await read('shop/findings/summary')).toMatchObject({
      newSinceLastScan: 1,
      fixedSinceLastScan: 1,
    });
    expect(await titles('fixed')).toEqual(['Problem a']);
  });

  it('reads again when issues change without an analysis', async () => {
    sonarqube.gate = 'ERROR';
    await send(payload({ taskId: undefined }));
    await eventually(async () =>
      expect((await read('shop/findings/summary')).qualityGates[0].status).toBe(
        'failed',
      ),
    );
  });

  it('rejects unsigned webhooks with the same message, and does not read large bodies', async () => {
    const refused = await Promise.all([
      send(payload(), { signature: '0'.repeat(64) }),
      send(payload(), { signature: 'nonsense' }),
      send('not JSON', { signature: '0'.repeat(64) }),
      send(payload(), { instance: 'third' }),
      send(payload({ project: { key: 'unknown' } }), {
        signature: '0'.repeat(64),
      }),
    ]);
    const words = refused.map(({ status, body }) => [
      status,
      body.error.message,
    ]);
    expect(words).toEqual(
      Array(5).fill([
        401,
        'The signature in X-Sonar-Webhook-HMAC-SHA256 is missing or wrong',
      ]),
    );
    expect((await send('x'.repeat(256 * 1024 + 1))).status).toBe(413);
    expect((await send('not JSON')).status).toBe(400);
    expect((await send('{"status":1}')).status).toBe(400);
    const unknown = await send(payload({ project: { key: 'unknown' } }));
    expect([unknown.status, unknown.body]).toEqual([202, { accepted: true }]);
    await send(payload({ branch: { name: 'x', isMain: false }, taskId: '' }));
    await send(payload({ status: 'FAILED', taskId: '' }));
    await pull('second').catch(() => {});
    expect(
      sonarqube.asked.filter(({ host }) => host === 'default.example'),
    ).toEqual([]);
  });

  it.each<[string, (url: URL) => Response | undefined, string]>([
    [
      'HTML with 500',
      () => new HttpResponse('<h1>Oops</h1>', { status: 500 }),
      'HTTP 500',
    ],
    [
      'a redirect',
      () => HttpResponse.redirect('http://169.254.169.254/'),
      'redirect, which CloudTrace does not follow',
    ],
    [
      'too much',
      url =>
        url.pathname.endsWith('issues/search')
          ? HttpResponse.json({ issues: 'x'.repeat(6 * 1024 * 1024) })
          : undefined,
      'more than 5120 KiB',
    ],
    [
      'wrong types',
      url =>
        url.pathname.endsWith('issues/search')
          ? HttpResponse.json({ paging: { total: 1 }, issues: 7 })
          : undefined,
      "'/issues' must be array",
    ],
    [
      'a page that is cut off',
      url =>
        url.pathname.endsWith('issues/search')
          ? HttpResponse.json({ paging: { total: 2 }, issues: [] })
          : undefined,
      'contain 0 results, but report a total of 2',
    ],
    [
      'issues that the importer rejects',
      url =>
        url.pathname.endsWith('issues/search')
          ? HttpResponse.json({
              paging: { total: 1 },
              issues: [{ project: 'shop', component: 'shop' }],
            })
          : undefined,
      'must have rule',
    ],
  ])('keeps its data and reports why: %s', async (_, override, message) => {
    sonarqube.analysedAt = '2026-11-03T10:00:00+0000';
    const [before, gates] = [
      await titles(),
      (await read('shop/findings/summary')).qualityGates,
    ];
    sonarqube.override = override;
    await pull();
    const { status, message: said, lastSuccessAt } = await source('shop');
    expect([status, said]).toEqual([
      'problem',
      expect.stringContaining(message),
    ]);
    expect(lastSuccessAt).toBeDefined();
    expect(await titles()).toEqual(before);
    expect((await read('shop/findings/summary')).qualityGates).toEqual(gates);
  });

  it('reads other instances if one is broken, and recovers', async () => {
    sonarqube.override = url =>
      url.host === 'second.example' ? HttpResponse.error() : undefined;
    await pull('second');
    await pull();
    expect(await source('broken')).toMatchObject({ status: 'problem' });
    expect(await source('shop')).toMatchObject({ status: 'ok' });
    expect(await source('nowhere')).toMatchObject({
      status: 'problem',
      message: "The portal has no SonarQube named 'third'",
    });
    expect(await source('plain')).toBeUndefined();
  });

  it("closes a project's findings when the entity no longer names it, and reads it again when it does", async () => {
    const before = await titles();
    expect(before.length).toBeGreaterThan(0);
    shop.metadata.annotations = { 'sonarqube.org/project-key': 'no good/ key' };
    await pull();
    expect(await titles()).toEqual(before);

    shop.metadata.annotations = {};
    await pull('second');
    expect(await titles()).toEqual(before);
    await pull();
    expect(await titles()).toEqual([]);
    expect((await read('shop/findings/summary')).qualityGates).toEqual([]);
    const fixed = await read('shop/findings?state=fixed');
    // A scan in an earlier test fixed the others.
    const closed = fixed.items.find(({ title }: { title: string }) =>
      before.includes(title),
    );
    const { history } = await read(`shop/findings/${closed.findingId}`);
    expect(history[0].reason).toContain('no longer names');

    shop.metadata.annotations = { 'sonarqube.org/project-key': 'shop' };
    await pull();
    expect(await titles()).toEqual(before);
    expect((await read('shop/findings/summary')).qualityGates).toHaveLength(1);
  });

  it('reports what lies beyond the 10,000 results that SonarQube returns', async () => {
    sonarqube.analysedAt = '2026-11-04T10:00:00+0000';
    sonarqube.hashes = Array.from({ length: 10_000 }, (__, i) => `h${i}`);
    sonarqube.total = 12_345;
    await pull();
    const { items } = await read('shop/scans');
    const [scan] = items.filter(
      (s: { tool: string }) => s.tool === 'SonarQube',
    );
    expect(scan.cuts).toEqual([
      { limit: "results of SonarQube's search", total: 12_345, kept: 10_000 },
      { limit: 'results per run', total: 10_000, kept: 5_000 },
    ]);
    expect(
      sonarqube.asked.filter(({ pathname }) =>
        pathname.endsWith('issues/search'),
      ),
    ).toHaveLength(20);
  });
});

describe('readSonarqubeConfig', () => {
  const readWith = (more: object) =>
    readSonarqubeConfig(
      new ConfigReader({
        cloudtrace: {
          sonarqube: {
            instances: [
              {
                name: 'main',
                baseUrl: 'https://s.example',
                token: 't',
                ...more,
              },
            ],
          },
        },
      }),
    );

  it.each([
    [{ webhookSecret: 'short secret' }, 'at least 16 characters'],
    [{ name: 'a/b' }, '[0].name must contain only letters'],
    [{ baseUrl: 'ftp://s.example' }, '[0].baseUrl must be an http(s) URL'],
    [{ baseUrl: 'https://me:pw@s.example' }, 'without user'],
    [{ issueTypes: ['ALL'] }, '[0].issueTypes must be a subset of'],
  ])('rejects %j at startup', (more, message) => {
    expect(() => readWith(more)).toThrow(message);
    expect(() => readWith(more)).not.toThrow('short secret');
  });
});
