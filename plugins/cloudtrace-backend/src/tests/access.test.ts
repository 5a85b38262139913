import request from 'supertest';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../testUtils/backend';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import document from '../schema/openapi.json';
import { webhookModule } from '../scans/tests/webhookModule';
import { seedRequests } from '../testUtils/seedRequests';

jest.setTimeout(180_000);

type Backend = Awaited<ReturnType<typeof startCloudtraceBackend>>;

/** Routes that check an ingest token or a signature themselves instead of Backstage credentials. */
const unauthenticated = [
  'POST /events',
  'POST /otlp/v1/traces',
  'POST /scans/{format}',
  'POST /webhooks/snyk',
  'POST /webhooks/sonarqube/{instance}',
];

const ownSchemes = ['ingestToken', 'sonarqubeSignature', 'snykSignature'];

/** Every operation of the document with its path in OpenAPI form. */
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item as object)
    .filter(([method]) => method !== 'parameters')
    .map(([method, operation]) => ({
      method,
      path,
      id: (operation as { operationId: string }).operationId,
      ownToken: (operation as { security?: object[] }).security?.some(scheme =>
        ownSchemes.some(name => name in scheme),
      ),
    })),
);
const entityOperations = operations.filter(({ path }) =>
  path.startsWith('/v1/entities/'),
);

function fill(path: string, name: string): string {
  return path
    .replace('{kind}', 'component')
    .replace('{namespace}', 'default')
    .replace('{name}', name)
    .replace('{traceId}', '1'.repeat(32))
    .replace('{spanId}', '1'.repeat(16))
    .replace('{failoverId}', '1'.repeat(32))
    .replace('{tokenId}', 'abcdefghijkl')
    .replace(/\{\w+\}/g, '1'.repeat(32));
}

const FINDING_ID = '11111111-1111-4111-8111-111111111111';

/** Valid bodies, so that only missing access can reject them. */
const validBodies: Record<string, object> = {
  createToken: { kind: 'requests', name: 'x' },
  triageFinding: { state: 'open' },
  createPlatformToken: { name: 'x', scope: { all: true } },
  assignService: { name: 'x', entityRef: 'component:default/own' },
};

/** Users for whom the policy neither allows nor denies. */
const answers: Record<string, () => object | undefined> = {
  'user:default/conditional': () => ({
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'catalog',
    resourceType: 'catalog-entity',
    conditions: {
      rule: 'IS_ENTITY_OWNER',
      resourceType: 'catalog-entity',
      params: { claims: ['user:default/conditional'] },
    },
  }),
  'user:default/nonsense': () => ({ result: 'MAYBE' }),
  'user:default/lower': () => ({ result: 'allow' }),
  'user:default/truthy': () => ({ result: true, allowed: true }),
  'user:default/empty': () => ({}),
  'user:default/throws': () => {
    throw new Error('the policy failed');
  },
};

const platformDenied = Object.keys(answers).map(ref => ref.split('/')[1]);

describe('access', () => {
  let databases: TestDatabases;
  let backend: Backend;

  beforeAll(async () => {
    databases = await startTestPostgres();
    const database = await databases.createTestDatabase();
    const owners: Record<string, string> = {
      'user:default/ann': 'component:default/own',
      'user:default/bob': 'component:default/other',
    };
    backend = await startCloudtraceBackend({
      database,
      entities: [testEntity('own'), testEntity('other'), testEntity('secret')],
      features: [
        webhookModule('snyk'),
        webhookModule('sonarqube', { webhook: { hasInstances: true } }),
      ],
      // Owners may do everything with their entity, "reader" may read requests of all.
      policy: ({ permission, resourceRef }, principal: any) =>
        answers[principal.userEntityRef]?.() ??
        (principal.type === 'service' ||
          owners[principal.userEntityRef] === resourceRef ||
          (principal.userEntityRef === 'user:default/reader' &&
            permission.name === 'cloudtrace.requests.read')),
      visible: ({ metadata }) => metadata.name !== 'secret',
    });
    for (const name of ['own', 'other', 'secret']) {
      await seedRequests(
        database.knex,
        { entityRef: `component:default/${name}`, environment: 'default' },
        [{ startedAt: new Date(Date.now() - 60_000), instance: `i-${name}` }],
      );
    }
    // Gives a list of findings something to hide.
    await database.knex.raw(
      `INSERT INTO finding_counts
         (entity_id, critical, high, medium, low, info, accepted, false_positive, last_scan_at)
       SELECT entity_id, 1, 0, 0, 0, 0, 0, 0, now() FROM entities`,
    );
  });
  afterAll(async () => {
    await backend.stop();
    await databases.stop();
  });

  const call = (
    method: string,
    path: string,
    headers: Record<string, string> = {},
  ) =>
    (request(backend.server) as any)
      [method](`/api/cloudtrace${path}`)
      .set(headers)
      .send(method === 'get' || method === 'delete' ? undefined : {});

  describe('without credentials', () => {
    it.each(operations.filter(({ ownToken }) => !ownToken))(
      'rejects $method $path',
      async ({ method, path }) => {
        const { status } = await call(method, fill(path, 'own'));
        expect(status).toBe(401);
      },
    );

    it('allows only the listed routes, whatever the spelling', async () => {
      const known = operations
        .filter(({ ownToken }) => ownToken)
        .map(({ method, path }) => `${method.toUpperCase()} ${path}`);
      expect(unauthenticated).toEqual(expect.arrayContaining(known));

      const targets = [
        '/v1/fleet',
        ...entityOperations.map(({ path }) => fill(path, 'own')),
      ];
      const prefixes = [
        '/events',
        '/otlp/v1/traces',
        '/scans/sarif',
        '/webhooks/snyk',
        '/webhooks/sonarqube/main',
      ];
      const variants = targets.flatMap(target => [
        target.toUpperCase(),
        `${target}/`,
        `/${target}`,
        `/.${target}`,
        ...prefixes.flatMap(prefix => [
          `${prefix}${target}`,
          `${prefix}/..${target}`,
          `${prefix}/%2e%2e${target}`,
          `${prefix}//${target}`,
          `${prefix.toUpperCase()}${target}`,
          `${prefix};${target}`,
        ]),
      ]);
      expect(variants.length).toBeGreaterThan(200);
      for (const variant of variants) {
        const { status, text } = await call('get', variant);
        // 401: protected. 404: an open prefix has no other routes.
        expect([variant, [401, 404].includes(status)]).toEqual([variant, true]);
        expect(text).not.toContain('i-own');
      }
    });

    it.each([
      '/events',
      '/EVENTS',
      '/events/',
      '/events/more',
      '/webhooks',
      '/webhooks/snyk',
      '/WEBHOOKS/SNYK',
      '/webhooks/snyk/more',
      '/webhooks/sonarqube',
      '/webhooks/sonarqube/main',
      '/webhooks/sonarqube/main/more',
    ])('responds at %s only with 401 and 404', async path => {
      for (const method of ['get', 'post', 'put', 'delete']) {
        const { status } = await call(method, path);
        expect([401, 404]).toContain(status);
      }
    });
  });

  describe('of operators', () => {
    it.each(operations.filter(({ path }) => path.startsWith('/v1/platform/')))(
      'is refused to everybody else: $id',
      async ({ id, method, path }) => {
        for (const user of ['ann', 'reader', ...platformDenied]) {
          const answer = await call(
            method,
            `${fill(path, 'own')}${id === 'unassignService' ? '?name=x' : ''}`,
            asUser(`user:default/${user}`),
          ).send(validBodies[id]);
          expect([user, answer.status]).toEqual([
            user,
            user === 'throws' ? 500 : 403,
          ]);
        }
      },
    );
  });

  describe('of users', () => {
    it.each(entityOperations)(
      'responds the same to hidden, denied and missing entities: $id',
      async ({ id, method, path }) => {
        const bodies = await Promise.all(
          ['other', 'secret', 'missing'].map(async name => {
            const answer = await call(
              method,
              fill(path, name),
              asUser('user:default/ann'),
            ).send(
              id === 'createToken'
                ? { kind: 'requests', name: 'x' }
                : undefined,
            );
            // Everything is the same except the name that the caller sent.
            return [
              answer.status,
              JSON.stringify(answer.body).replaceAll(name, 'NAME'),
            ];
          }),
        );
        // An invalid body is rejected earlier, for everybody.
        expect([404, 400]).toContain(bodies[0][0]);
        expect(bodies[1]).toEqual(bodies[0]);
        expect(bodies[2]).toEqual(bodies[0]);
        expect(bodies.join()).not.toContain('i-');
      },
    );

    describe.each(Object.keys(answers))(
      'for whom the policy neither allows nor denies: %s',
      user => {
        // The error of the policy is ours, not the caller's; no data is shown.
        const refused = user.endsWith('throws') ? 500 : 404;

        it.each(entityOperations)('shows nothing: $id', async operation => {
          const answer = await call(
            operation.method,
            fill(operation.path, 'own')
              .replace(/findings\/1+/, `findings/${FINDING_ID}`)
              .replace(/export$/, 'export?format=csv'),
            asUser(user),
          ).send(validBodies[operation.id]);
          expect([operation.id, answer.status]).toEqual([
            operation.id,
            refused,
          ]);
          expect(answer.text).not.toContain('i-own');
        });

        it.each(['/v1/fleet', '/v1/findings'])(
          'lists nothing: %s',
          async path => {
            const { status, body } = await call('get', path, asUser(user));
            if (user.endsWith('throws')) expect(status).toBe(500);
            else expect([status, body.items]).toEqual([200, []]);
            const own = await call('get', path, asUser('user:default/ann'));
            expect(own.body.items).toHaveLength(1);
          },
        );
      },
    );

    it.each([
      ['user:default/ann', 'own', [200, 200, 200, 200]],
      ['user:default/bob', 'own', [404, 404, 404, 404]],
      ['user:default/reader', 'own', [200, 404, 404, 200]],
      ['user:default/ann', 'secret', [404, 404, 404, 404]],
    ])(
      '%s on %s: requests, health, tokens, timeline',
      async (user, name, expected) => {
        const base = `/v1/entities/component/default/${name}`;
        const statuses = [];
        for (const view of ['requests', 'health', 'tokens', 'timeline']) {
          const { status } = await call('get', `${base}/${view}`, asUser(user));
          statuses.push(status);
        }
        expect(statuses).toEqual(expected);
      },
    );

    it('names the hidden parts and shows none of their data', async () => {
      const base = '/v1/entities/component/default/own';
      const reader = asUser('user:default/reader');
      const overview = await call('get', `${base}/overview`, reader);
      expect(overview.status).toBe(200);
      expect(overview.body.hidden).toEqual(['fleet', 'security']);
      expect(overview.body.figures.map((f: any) => f.id)).toEqual([
        'requestsPerSecond',
        'errorRate',
        'p95Ms',
      ]);
      const diagnostics = await call('get', `${base}/diagnostics`, reader);
      expect(new Set(diagnostics.body.sources.map((s: any) => s.kind))).toEqual(
        new Set(['requests']),
      );
    });

    it('lists only the services that the caller may see', async () => {
      const list = async (user: string) =>
        (await call('get', '/v1/fleet', asUser(user))).body.items.map(
          (item: any) => [item.name, item.hidden],
        );
      expect(await list('user:default/ann')).toEqual([['own', []]]);
      expect(await list('user:default/bob')).toEqual([['other', []]]);
      expect(await list('user:default/reader')).toEqual([
        ['other', ['fleet', 'security']],
        ['own', ['fleet', 'security']],
      ]);
      expect(await list('user:default/nobody')).toEqual([]);
    });
  });

  it('audits reads and writes, including failed ones', async () => {
    backend.audit.mockClear();
    const base = '/v1/entities/component/default/own/tokens';
    const created = await call('post', base, asUser()).send({
      kind: 'events',
      name: 'ci',
    });
    expect(created.status).toBe(201);
    await call('get', base, asUser('user:default/bob'));
    const { tokenId } = created.body.token;
    const revoked = await call('delete', `${base}/${tokenId}`, asUser());
    expect(revoked.status).toBe(204);
    expect(
      backend.audit.mock.calls.map(([e]) => [
        e.eventId,
        e.severityLevel,
        e.status,
      ]),
    ).toEqual([
      ['token-create', 'medium', 'succeeded'],
      ['tokens-read', 'low', 'failed'],
      ['token-revoke', 'medium', 'succeeded'],
    ]);
    expect(JSON.stringify(backend.audit.mock.calls)).not.toContain('ctk_');
  });
});
