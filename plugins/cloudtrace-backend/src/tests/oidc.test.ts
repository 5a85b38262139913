import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type JWTPayload,
} from 'jose';
import { http, HttpResponse, passthrough } from 'msw';
import { setupServer } from 'msw/node';
import request from 'supertest';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import type { TestDatabase } from '../testUtils/createTestDatabase';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../testUtils/backend';

jest.setTimeout(180_000);

const GITHUB = 'https://token.actions.githubusercontent.com';
const BITBUCKET =
  'https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc';
const DOWN = 'https://down.example';
const FLAKY = 'https://flaky.example';
const AUDIENCE = 'https://portal.example';
const UUID = '8F2A6E0C-4A3B-4F0E-9C59-0D6C1B4E7A11';

describe('uploads with CI tokens', () => {
  const server = setupServer();
  let databases: TestDatabases;
  let database: TestDatabase;
  let backend: Awaited<ReturnType<typeof startCloudtraceBackend>>;
  let keys: Awaited<ReturnType<typeof generateKeyPair>>;
  let others: Awaited<ReturnType<typeof generateKeyPair>>;
  let flakyWorks = true;

  beforeAll(async () => {
    keys = await generateKeyPair('RS256');
    others = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one' };
    const jwks = () => HttpResponse.json({ keys: [jwk] });
    server.use(
      http.get(`${GITHUB}/.well-known/jwks`, jwks),
      http.get(`${BITBUCKET}/keys.json`, jwks),
      http.get(
        `${DOWN}/.well-known/jwks`,
        () => new HttpResponse('', { status: 500 }),
      ),
      http.get(`${FLAKY}/keys`, () =>
        flakyWorks ? jwks() : HttpResponse.error(),
      ),
      http.all('http://127.0.0.1*', () => passthrough()),
    );
    server.listen({ onUnhandledRequest: 'bypass' });
    databases = await startTestPostgres();
    database = await databases.createTestDatabase();
    const annotated = (name: string, annotations: Record<string, string>) =>
      testEntity(name, { metadata: { name, annotations } });
    backend = await startCloudtraceBackend({
      database,
      entities: [
        annotated('shop', { 'github.com/project-slug': 'Acme/Shop' }),
        annotated('other', { 'github.com/project-slug': 'acme/other' }),
        annotated('bare', {}),
        annotated('bound', {
          'github.com/project-slug': 'acme/shop',
          'cloudtrace.io/github-repository-id': '4711',
        }),
        annotated('bit', { 'cloudtrace.io/bitbucket-repository-uuid': UUID }),
        annotated('ghes', { 'ghes.example/slug': 'acme/shop' }),
      ],
      config: {
        cloudtrace: {
          tokens: {
            oidc: [
              { provider: 'github', audience: AUDIENCE },
              { provider: 'bitbucket', issuer: BITBUCKET, audience: AUDIENCE },
              {
                provider: 'github',
                issuer: DOWN,
                audience: AUDIENCE,
                annotations: 'down.example/slug',
              },
              {
                provider: 'github',
                issuer: FLAKY,
                jwksUri: `${FLAKY}/keys`,
                audience: [AUDIENCE, 'https://second.example'],
                annotations: ['ghes.example/slug'],
                refs: ['main', 'release/*'],
              },
            ],
          },
        },
      },
    });
  });
  afterAll(async () => {
    server.close();
    await backend?.stop();
    await databases?.stop();
  });

  const now = () => Math.floor(Date.now() / 1000);
  const claims = (more: JWTPayload = {}): JWTPayload => ({
    iss: GITHUB,
    aud: AUDIENCE,
    sub: 'repo:acme/shop:ref:refs/heads/main',
    iat: now(),
    exp: now() + 300,
    repository: 'acme/shop',
    ref: 'refs/heads/main',
    event_name: 'push',
    ...more,
  });
  const sign = (more?: JWTPayload, key = keys.privateKey, kid = 'one') =>
    new SignJWT(claims(more))
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
      .sign(key);
  let files = 0;
  const upload = (token: string, query: object = {}, packages = ['lodash']) =>
    request(backend.server)
      .post('/api/cloudtrace/scans/npm-audit')
      .query({ entity: 'component:default/shop', ...query })
      .set('authorization', `Bearer ${token}`)
      .send({
        auditReportVersion: 2,
        // Each file differs, so that none counts as a repeated upload.
        number: (files += 1),
        vulnerabilities: Object.fromEntries(
          packages.map((name, i) => [
            name,
            {
              name,
              severity: 'high',
              via: [
                {
                  source: 100 + i,
                  name,
                  title: `Problem of ${name}`,
                  url: `https://github.com/advisories/GHSA-aaaa-bbbb-ccc${i}`,
                  severity: 'high',
                  range: '<1.0.0',
                },
              ],
              effects: [],
              range: '<1.0.0',
              nodes: [`node_modules/${name}`],
              fixAvailable: true,
            },
          ]),
        ),
        metadata: { vulnerabilities: { total: packages.length } },
      });
  const event = (token: string, query: object) =>
    request(backend.server)
      .post('/api/cloudtrace/events')
      .query(query)
      .set('authorization', `Bearer ${token}`)
      .send({
        kind: 'deploy',
        id: 'run-1',
        version: '4f2c',
        at: new Date(Date.now() - 60_000).toISOString(),
        status: 'started',
      });

  it('accepts a scan of the repository, with the ref of the token, and audits it', async () => {
    backend.audit.mockClear();
    const answer = await upload(await sign(), {
      entity: 'Component:default/Shop',
      ref: 'made-up',
    });
    expect([answer.status, answer.body]).toMatchObject([
      201,
      {
        entityRef: 'component:default/shop',
        scans: [{ ref: 'main', newFindings: 1 }],
      },
    ]);
    const { rows } = await backendRows('SELECT sent_by FROM scans');
    expect(rows).toEqual([{ sent_by: 'oidc:github:acme/shop' }]);
    await expectAudit({
      eventId: 'ci-upload',
      severityLevel: 'medium',
      status: 'succeeded',
      meta: {
        kind: 'scans',
        entityRef: 'component:default/shop',
        issuer: GITHUB,
        subject: 'repo:acme/shop:ref:refs/heads/main',
        repository: 'acme/shop',
        ref: 'main',
      },
    });
  });

  it('rejects another repository that acquired the name, if the entity has the id', async () => {
    const query = { entity: 'component:default/bound' };
    for (const [repository_id, status] of [
      ['4711', 201],
      ['4712', 404],
      [undefined, 404],
    ] as const) {
      const answer = await upload(await sign({ repository_id }), query);
      expect([repository_id, answer.status]).toEqual([repository_id, status]);
    }
  });

  it('prevents a feature branch and a tag named main from fixing findings of main', async () => {
    for (const ref of ['refs/tags/main', 'refs/heads/feature']) {
      const { body } = await upload(await sign({ ref }), { ref: 'main' }, []);
      expect(body.scans).toMatchObject([
        { ref: ref.replace('refs/heads/', ''), fixedFindings: 0 },
      ]);
    }
    const list = await request(backend.server)
      .get('/api/cloudtrace/v1/entities/component/default/shop/findings')
      .set(asUser());
    expect(list.body.items).toHaveLength(1);
  });

  it('accepts events for the given environment', async () => {
    const entity = 'component:default/shop';
    const token = await sign();
    const missing = await event(token, { entity });
    expect([missing.status, missing.body.error.message]).toEqual([
      400,
      expect.stringContaining("'environment'"),
    ]);
    const taken = await event(token, { entity, environment: 'prod' });
    expect([taken.status, taken.body.stored]).toEqual([202, 'new']);
    const { rows } = await backendRows(
      'SELECT entity_ref, environment FROM reported_events',
    );
    expect(rows).toEqual([{ entity_ref: entity, environment: 'prod' }]);
  });

  it('accepts Bitbucket tokens by the UUID of the repository', async () => {
    const token = await sign({
      iss: BITBUCKET,
      repository: undefined,
      ref: undefined,
      event_name: undefined,
      repositoryUuid: `{${UUID.toLowerCase()}}`,
      branchName: 'develop',
    });
    const answer = await upload(token, { entity: 'component:default/bit' });
    expect([answer.status, answer.body.scans]).toMatchObject([
      201,
      [{ ref: 'develop' }],
    ]);
    const tag = await sign({
      iss: BITBUCKET,
      repositoryUuid: `{${UUID}}`,
    });
    const refused = await upload(tag, { entity: 'component:default/bit' });
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      expect.stringContaining("no claim 'branchName'"),
    ]);
  });

  it.each<[string, () => Promise<string> | string]>([
    ['another issuer', () => sign({ iss: 'https://evil.example' })],
    ['another audience', () => sign({ aud: 'https://github.com/acme' })],
    ['its end', () => sign({ exp: now() - 60 })],
    ['a start to come', () => sign({ nbf: now() + 300 })],
    ['no end', () => sign({ exp: undefined })],
    ['no time of issue', () => sign({ iat: undefined })],
    ['no repository', () => sign({ repository: undefined })],
    ['a repository that is no text', () => sign({ repository: ['acme/shop'] })],
    ['a foreign key', () => sign({}, others.privateKey)],
    ['an unknown key', () => sign({}, others.privateKey, 'two')],
    ['no signature', () => new UnsecuredJWT(claims()).encode()],
    [
      'the public key as a shared secret',
      async () =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: 'HS256', kid: 'one' })
          .sign(new TextEncoder().encode(await exportSPKI(keys.publicKey))),
    ],
    [
      'altered claims',
      async () => {
        const [head, , signature] = (await sign()).split('.');
        const body = Buffer.from(
          JSON.stringify(claims({ repository: 'acme/other' })),
        ).toString('base64url');
        return `${head}.${body}.${signature}`;
      },
    ],
    ['more than 8 KiB', () => sign({ padding: 'x'.repeat(8000) })],
    ['three parts of nonsense', () => 'a.b.c'],
    ['no three parts', () => 'x'.repeat(600)],
  ])('rejects a token with %s with the same 401', async (_, make) => {
    const answer = await upload(await make());
    expect([answer.status, answer.body.error.name]).toEqual([
      401,
      'AuthenticationError',
    ]);
    expect(answer.body.error.message).toBe(
      (await upload('x')).body.error.message,
    );
    expect(answer.headers['www-authenticate']).toContain('Bearer');
  });

  it.each([
    ['pull_request', 'refs/pull/7/merge'],
    ['pull_request_target', 'refs/heads/main'],
    ['push', 'refs/pull/7/merge'],
    ['push', undefined],
    [undefined, 'refs/heads/main'],
  ])('rejects runs for %s on %s with a reason', async (event_name, ref) => {
    const answer = await upload(await sign({ event_name, ref }));
    expect([answer.status, answer.body.error.message]).toEqual([
      403,
      expect.stringMatching(/pull request|no claim/),
    ]);
  });

  it('rejects refs that are not allowed', async () => {
    const send = async (ref: string) => {
      const token = await sign({ iss: FLAKY, ref });
      return (await upload(token, { entity: 'component:default/ghes' })).status;
    };
    expect(await send('refs/heads/release/1')).toBe(201);
    expect(await send('refs/heads/main2')).toBe(403);
    expect(await send('refs/tags/main')).toBe(403);
  });

  it('responds the same to missing, unannotated and foreign entities', async () => {
    backend.audit.mockClear();
    const token = await sign();
    const answers = await Promise.all(
      ['missing', 'bare', 'other', 'ghes'].map(async name => {
        const { status, body } = await upload(token, {
          entity: `component:default/${name}`,
        });
        return [status, JSON.stringify(body.error).replaceAll(name, 'NAME')];
      }),
    );
    expect(answers[0][0]).toBe(404);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    await expectAudit({ status: 'failed', meta: { repository: 'acme/shop' } });
  });

  it.each([
    { entity: undefined },
    { entity: 'no ref' },
    { entity: ['a', 'b'] },
  ])('explains what is wrong with %j', async query => {
    const { status, body } = await upload(await sign(), query);
    expect([status, body.error.message]).toEqual([
      400,
      expect.stringContaining("'entity'"),
    ]);
  });

  it('responds with 503 without keys, and uses the last ones for a day', async () => {
    const away = await upload(await sign({ iss: DOWN }));
    expect([away.status, away.body.error.message]).toEqual([
      503,
      expect.stringContaining('down.example are unavailable'),
    ]);
    expect(Number(away.headers['retry-after'])).toBeGreaterThan(0);

    const target = { entity: 'component:default/ghes' };
    const send = async (kid?: string) =>
      (await upload(await sign({ iss: FLAKY }, keys.privateKey, kid), target))
        .status;
    expect(await send()).toBe(201);
    flakyWorks = false;
    const at = Date.now();
    const clock = jest.spyOn(Date, 'now');
    try {
      clock.mockReturnValue(at + 3_600_000);
      expect(await send()).toBe(201);
      // It may be signed with a new key, which cannot be fetched now.
      expect(await send('two')).toBe(503);
      clock.mockReturnValue(at + 25 * 3_600_000);
      expect(await send()).toBe(503);
      flakyWorks = true;
      clock.mockReturnValue(at + 26 * 3_600_000);
      expect(await send()).toBe(201);
    } finally {
      clock.mockRestore();
    }
  });

  it('uses the entity of an ingest token, and rejects a query for another entity', async () => {
    const { body } = await request(backend.server)
      .post('/api/cloudtrace/v1/entities/component/default/bare/tokens')
      .set(asUser())
      .send({ kind: 'scans', name: 'ci' });
    const plain = await upload(body.secret, { entity: undefined, ref: 'dev' });
    expect([plain.status, plain.body]).toMatchObject([
      201,
      { entityRef: 'component:default/bare', scans: [{ ref: 'dev' }] },
    ]);
    const wrong = await upload(body.secret);
    expect([wrong.status, wrong.body.error.message]).toEqual([
      400,
      expect.stringContaining('is for component:default/bare'),
    ]);
  });

  it('does not accept CI tokens for spans', async () => {
    const { status } = await request(backend.server)
      .post('/api/cloudtrace/otlp/v1/traces')
      .set('authorization', `Bearer ${await sign()}`)
      .send({ resourceSpans: [] });
    expect(status).toBe(401);
  });

  const backendRows = (sql: string) => database.knex.raw(sql);

  /** The outcome is audited when the connection is finished, after the response. */
  async function expectAudit(expected: object) {
    for (let i = 0; i < 50 && backend.audit.mock.calls.length === 0; i += 1) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    expect(backend.audit.mock.calls[0]?.[0]).toMatchObject(expected);
  }
});
