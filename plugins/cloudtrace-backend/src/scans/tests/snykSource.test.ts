import { mockServices, type TestBackend } from '@backstage/backend-test-utils';
import type { SchedulerService } from '@backstage/backend-plugin-api';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { createHmac, randomUUID } from 'node:crypto';
import request from 'supertest';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../../testUtils/backend';

jest.setTimeout(180_000);

const org = '11111111-1111-4111-8111-111111111111';
const project = '22222222-2222-4222-8222-222222222222';
const missing = '33333333-3333-4333-8333-333333333333';
const target = '44444444-4444-4444-8444-444444444444';
const codeProject = '55555555-5555-4555-8555-555555555555';
const secret = 'a secret of the webhook';
const api = 'https://api.snyk.example/rest';
const issuesUrl = `${api}/orgs/${org}/issues`;

/** An issue in the shape of Snyk's REST API. */
function issue(name: string, more: object = {}) {
  return {
    id: randomUUID(),
    type: 'issue',
    attributes: {
      type: 'package_vulnerability',
      key: `SNYK-JS-${name.toUpperCase()}-1`,
      title: `Problem of ${name}`,
      status: 'open',
      ignored: false,
      effective_severity_level: 'high',
      problems: [
        { id: `SNYK-JS-${name.toUpperCase()}-1`, source: 'SNYK' },
        {
          id: 'CVE-2024-1234',
          source: 'NVD',
          url: 'https://nvd.nist.gov/vuln/detail/CVE-2024-1234',
        },
      ],
      classes: [{ id: 'CWE-1321', source: 'CWE', type: 'weakness' }],
      coordinates: [
        {
          remedies: [{ details: { upgrade_package: '2.0.0' } }],
          representations: [
            { dependency: { package_name: name, package_version: '1.0.0' } },
          ],
        },
      ],
      ...more,
    },
  };
}

const projects = [
  {
    id: project,
    type: 'project',
    attributes: {
      name: 'acme/shop:package.json',
      type: 'npm',
      target_reference: 'main',
    },
    relationships: { target: { data: { id: randomUUID(), type: 'target' } } },
  },
  {
    id: codeProject,
    type: 'project',
    attributes: { name: 'acme/cart', type: 'sast' },
    relationships: { target: { data: { id: target, type: 'target' } } },
  },
];

describe('Snyk as a source of scans', () => {
  const server = setupServer();
  const scheduler = mockServices.scheduler();
  let databases: TestDatabases;
  let backend: TestBackend;
  let calls: URL[] = [];

  beforeAll(async () => {
    // Requests to the backend itself pass.
    server.listen({ onUnhandledRequest: 'bypass' });
    databases = await startTestPostgres();
    backend = await startCloudtraceBackend({
      database: await databases.createTestDatabase(),
      entities: [
        testEntity('shop', {
          metadata: {
            name: 'shop',
            annotations: {
              'snyk.io/org-id': org,
              'snyk.io/project-ids': project,
            },
          },
        }),
        testEntity('cart', {
          metadata: {
            name: 'cart',
            annotations: {
              'snyk.io/project-ids': missing,
              'snyk.io/target-id': target,
            },
          },
        }),
        testEntity('foreign', {
          metadata: {
            name: 'foreign',
            annotations: {
              'snyk.io/org-id': missing,
              'snyk.io/project-ids': project,
            },
          },
        }),
      ],
      config: {
        cloudtrace: {
          snyk: {
            apiUrl: 'https://api.snyk.example',
            token: 'snyk-token',
            orgs: [org],
            webhookSecrets: ['another, older secret', secret],
          },
        },
      },
      features: [schedulerFactory(scheduler)],
    });
  });
  beforeEach(() => {
    calls = [];
    server.resetHandlers(
      http.get(`${api}/orgs/${org}/projects`, ({ request: req }) => {
        const query = new URL(req.url).searchParams;
        calls.push(new URL(req.url));
        const ids = query.get('ids')?.split(',');
        const targets = query.get('target_id')?.split(',');
        return HttpResponse.json({
          data: projects.filter(
            item =>
              ids?.includes(item.id) ||
              targets?.includes(item.relationships.target.data.id),
          ),
          links: {},
        });
      }),
      http.get(issuesUrl, () => HttpResponse.json({ data: [], links: {} })),
    );
  });
  afterAll(async () => {
    server.close();
    await backend?.stop();
    await databases?.stop();
  });

  /** Answers the issues of a project with these pages, linked by relative URLs. */
  function answerIssues(...pages: object[][]) {
    server.use(
      http.get(issuesUrl, ({ request: req }) => {
        const url = new URL(req.url);
        calls.push(url);
        expect(req.headers.get('authorization')).toBe('token snyk-token');
        if (url.searchParams.get('scan_item.id') !== project) {
          return HttpResponse.json({ data: [], links: {} });
        }
        const page = Number(url.searchParams.get('starting_after') ?? 0);
        url.searchParams.set('starting_after', String(page + 1));
        const prefix = page % 2 === 0 ? '' : '/rest';
        return HttpResponse.json({
          data: pages[page],
          links:
            page + 1 < pages.length
              ? { next: `${prefix}/orgs/${org}/issues${url.search}` }
              : {},
        });
      }),
    );
  }

  const webhook = (
    body: unknown,
    headers: Record<string, string> = {},
    key = secret,
  ) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return request(backend.server)
      .post('/api/cloudtrace/webhooks/snyk')
      .set({
        'content-type': 'application/json',
        'x-snyk-event': 'project_snapshot/v0',
        'x-snyk-transport-id': randomUUID(),
        'x-hub-signature': `sha256=${createHmac('sha256', key)
          .update(text)
          .digest('hex')}`,
        ...headers,
      })
      .serialize(x => x as never)
      .send(text);
  };
  const snapshot = { org: { id: org }, project: { id: project } };
  const get = async (path: string, name = 'shop') =>
    (
      await request(backend.server)
        .get(`/api/cloudtrace/v1/entities/component/default/${name}${path}`)
        .set(asUser())
    ).body;
  const diagnose = async (name = 'shop') =>
    (await get('/diagnostics', name)).sources.find(
      (source: { id: string }) => source.id === 'scans:snyk',
    );
  async function until<T>(
    read: () => Promise<T>,
    holds: (value: T) => boolean,
  ): Promise<T> {
    for (let i = 0; ; i++) {
      const value = await read();
      if (holds(value) || i > 150) return value;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
  const openTitles = async () =>
    (await get('/findings?state=open')).items
      .map((item: { title: string }) => item.title)
      .sort();

  it('pulls a project that a webhook names, page by page', async () => {
    answerIssues(
      [issue('lodash')],
      [issue('minimist', { ignored: true })],
      [issue('qs'), issue('old', { status: 'resolved' })],
    );
    const answer = await webhook(snapshot);
    expect([answer.status, answer.body]).toEqual([202, { status: 'accepted' }]);
    expect(
      await until(openTitles, (titles: string[]) => titles.length === 2),
    ).toEqual(['Problem of lodash', 'Problem of qs']);

    const [scan] = (await get('/scans')).items;
    expect(scan).toMatchObject({
      tool: 'Snyk Open Source',
      category: 'acme/shop:package.json [22222222]',
      ref: 'main',
      status: 'imported',
      findings: 3,
    });
    const ignored = (await get('/findings?state=false-positive')).items;
    expect(ignored).toMatchObject([{ title: 'Problem of minimist' }]);
    const { items } = await get('/findings?state=open&search=lodash');
    expect(items[0]).toMatchObject({
      severity: 'high',
      cves: ['CVE-2024-1234'],
      cwes: ['CWE-1321'],
      package: {
        name: 'lodash',
        version: '1.0.0',
        ecosystem: 'npm',
        fixedVersion: '2.0.0',
      },
    });
    expect(calls.at(-1)!.searchParams.get('version')).toMatch(/^\d{4}-/);
    expect(await diagnose()).toMatchObject({
      status: 'ok',
      lastSuccessAt: expect.any(String),
      problems: [],
    });
  });

  it('shows what the next pull fixed and brought; a delivery counts once', async () => {
    answerIssues([issue('qs'), issue('axios')]);
    const headers = { 'x-snyk-transport-id': randomUUID() };
    expect((await webhook(snapshot, headers)).status).toBe(202);
    expect(
      await until(openTitles, (t: string[]) => t.includes('Problem of axios')),
    ).toEqual(['Problem of axios', 'Problem of qs']);
    expect(await get('/findings/summary')).toMatchObject({
      newSinceLastScan: 1,
    });
    const before = calls.length;
    expect((await webhook(snapshot, headers)).status).toBe(202);
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(calls).toHaveLength(before);
  });

  it('pulls by the schedule, also through targets, and says what is missing', async () => {
    answerIssues([issue('qs'), issue('axios')]);
    server.use(
      http.get(issuesUrl, ({ request: req }) => {
        const id = new URL(req.url).searchParams.get('scan_item.id');
        if (id !== codeProject) return undefined;
        return HttpResponse.json({
          data: [
            issue('sqli', {
              type: 'code',
              key: 'f3a1',
              problems: [{ id: 'javascript/Sqli', source: 'SNYK' }],
              coordinates: [
                {
                  representations: [
                    {
                      sourceLocation: {
                        file: 'src/db.js',
                        region: {
                          start: { line: 7, column: 3 },
                          end: { line: 7, column: 20 },
                        },
                      },
                    },
                  ],
                },
              ],
            }),
          ],
          links: { next: null },
        });
      }),
    );
    await scheduler.triggerTask('cloudtrace-snyk');
    const source = await until(
      () => diagnose('cart'),
      value => value?.lastSuccessAt !== undefined,
    );
    expect(source).toMatchObject({ status: 'problem' });
    expect(source.problems[0].message).toContain(`no project ${missing}`);
    expect((await get('/findings', 'cart')).items).toMatchObject([
      {
        tools: ['Snyk Code'],
        ruleId: 'javascript/Sqli',
        location: { path: 'src/db.js', startLine: 7 },
      },
    ]);
    expect(await diagnose('foreign')).toMatchObject({
      status: 'problem',
      message: expect.stringContaining('is not one of those'),
    });
    expect((await get('/findings', 'foreign')).items).toEqual([]);
  });

  it.each<[string, () => Response, RegExp]>([
    [
      'HTML with HTTP 500',
      () => new HttpResponse('<h1>oops</h1>', { status: 500 }),
      /HTTP 500/,
    ],
    ['HTML', () => HttpResponse.html('<h1>oops</h1>'), /not JSON/],
    ['another shape', () => HttpResponse.json({ data: 3 }), /JSON:API/],
    [
      'a foreign next page',
      () =>
        HttpResponse.json({
          data: [],
          links: { next: 'https://evil.example/rest/orgs/x/issues' },
        }),
      /next page outside/,
    ],
    [
      'a body that is too large',
      () => HttpResponse.json({ data: [], x: 'x'.repeat(6 * 1024 * 1024) }),
      /more than 5120 KiB/,
    ],
    [
      'a redirect',
      () => HttpResponse.redirect('https://evil.example/', 302),
      /redirect/,
    ],
  ])('keeps what it has after %s, and says so', async (_, answer, words) => {
    let evil = 0;
    server.use(
      http.get(issuesUrl, answer),
      http.all('https://evil.example/*', () => {
        evil += 1;
        return HttpResponse.json({ data: [] });
      }),
    );
    await webhook(snapshot);
    const source = await until(diagnose, value =>
      words.test(value?.problems[0]?.message ?? ''),
    );
    expect(source).toMatchObject({ status: 'problem' });
    expect(source.message).toMatch(words);
    expect(JSON.stringify(source)).not.toMatch(/snyk-token|oops/);
    expect(evil).toBe(0);
    expect(await openTitles()).toEqual(['Problem of axios', 'Problem of qs']);
  });

  it('waits as Retry-After asks, and recovers', async () => {
    let refused = 0;
    answerIssues([issue('qs'), issue('axios')]);
    server.use(
      http.get(issuesUrl, () => {
        if (refused > 0) return undefined;
        refused += 1;
        return new HttpResponse('', {
          status: 429,
          headers: { 'retry-after': '1' },
        });
      }),
    );
    const startedAt = Date.now();
    await webhook(snapshot);
    const source = await until(diagnose, value => value?.status === 'ok');
    expect(source).toMatchObject({ status: 'ok', problems: [] });
    expect(refused).toBe(1);
    expect(Date.now() - startedAt).toBeGreaterThan(900);
  });

  it('refuses webhooks with one answer, and does nothing for them', async () => {
    const wrong = [
      await webhook(snapshot, {}, 'some other secret'),
      await webhook(snapshot, { 'x-hub-signature': 'sha256=00' }),
      await webhook(snapshot, { 'x-hub-signature': '' }),
      await webhook(snapshot, {
        'x-hub-signature': `sha1=${'0'.repeat(40)}`,
      }),
      await webhook('not JSON', {}, 'some other secret'),
    ];
    for (const { status, body, text } of wrong) {
      expect([status, body.error.message]).toEqual([
        401,
        'The signature in X-Hub-Signature is wrong',
      ]);
      expect(text).not.toContain(secret);
    }
    expect((await webhook('x'.repeat(1024 * 1024 + 1))).status).toBe(413);
    expect((await webhook('not JSON')).status).toBe(400);
    expect((await webhook({ org: { id: org }, project: 3 })).status).toBe(400);
    const ping = await webhook(
      { webhookId: randomUUID() },
      { 'x-snyk-event': 'ping/v0' },
    );
    expect([ping.status, ping.body]).toEqual([200, { status: 'ok' }]);
    const foreign = await webhook({
      org: { id: missing },
      project: { id: project },
    });
    expect([foreign.status, foreign.body]).toEqual([
      200,
      { status: 'ignored' },
    ]);
    expect(calls).toEqual([]);
  });
});

function schedulerFactory(service: SchedulerService) {
  return mockServices.scheduler.mock({
    scheduleTask: task => service.scheduleTask(task),
    triggerTask: id => service.triggerTask(id),
    createScheduledTaskRunner: schedule =>
      service.createScheduledTaskRunner(schedule),
  }).factory;
}
