import { mockCredentials } from '@backstage/backend-test-utils';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { gzipSync } from 'node:zlib';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../../testUtils/backend';
import { DefaultTokenService } from '../../tokens/DefaultTokenService';
import { createSecretHasher } from '../../tokens/hashSecret';
import { npmAuditSample, snykSample, trivySample, vexSample } from './samples';

jest.setTimeout(180_000);

const entityRef = 'component:default/shop';
const base = '/api/cloudtrace/v1/entities/component/default/shop';

/** A SARIF file with a result for each message. */
function sarif(
  messages: Array<string | object>,
  {
    tool = 'demo-linter',
    endTimeUtc,
  }: { tool?: string; endTimeUtc?: string } = {},
) {
  return {
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool, version: '1.0' } },
        invocations: [{ executionSuccessful: true, endTimeUtc }],
        results: messages.map((message, i) =>
          typeof message === 'string'
            ? {
                ruleId: 'no-danger',
                level: 'error',
                message: { text: message },
                locations: [
                  {
                    physicalLocation: {
                      artifactLocation: { uri: 'src/app.js' },
                      region: { startLine: i + 1 },
                    },
                  },
                ],
              }
            : message,
        ),
      },
    ],
  };
}

describe('security scans', () => {
  let databases: TestDatabases;
  let database: TestDatabase;
  let backend: Awaited<ReturnType<typeof startCloudtraceBackend>>;
  let token: string;
  let wrongKind: string;

  beforeAll(async () => {
    databases = await startTestPostgres();
    database = await databases.createTestDatabase();
    backend = await startCloudtraceBackend({
      database,
      entities: [
        testEntity('shop', {
          relations: [{ type: 'ownedBy', targetRef: 'group:default/team-a' }],
        }),
        testEntity('hidden'),
      ],
      config: { app: { baseUrl: 'http://localhost:3000' } },
      policy: ({ permission, resourceRef }, principal: any) =>
        principal.userEntityRef === 'user:default/ann'
          ? resourceRef === entityRef
          : principal.userEntityRef === 'user:default/reader' &&
            permission.name === 'cloudtrace.security.read',
      visible: ({ metadata }) => metadata.name !== 'hidden',
    });
    const tokens = new DefaultTokenService({
      knex: database.knex,
      hasher: createSecretHasher(undefined),
      defaultExpiryDays: 30,
    });
    const create = async (kind: 'scans' | 'events', ref = entityRef) =>
      (
        await tokens.createToken(
          { entityRef: ref, environment: 'default', kind, name: kind },
          { credentials: mockCredentials.user() },
        )
      ).secret;
    token = await create('scans');
    wrongKind = await create('events');
    await upload(sarif(['hidden problem']), {
      token: await create('scans', 'component:default/hidden'),
    });
  });
  afterAll(async () => {
    await backend?.stop();
    await databases.stop();
  });

  function upload(
    body: object | Buffer | string,
    options: {
      format?: string;
      query?: object;
      token?: string;
      gzip?: boolean;
    } = {},
  ) {
    const bytes = Buffer.isBuffer(body)
      ? body
      : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const call = request(backend.server)
      .post(`/api/cloudtrace/scans/${options.format ?? 'sarif'}`)
      .query(options.query ?? {})
      .set('authorization', `Bearer ${options.token ?? token}`)
      .set('content-type', 'application/sarif+json');
    return options.gzip
      ? call
          .set('content-encoding', 'gzip')
          .serialize(x => x as never)
          .send(gzipSync(bytes) as never)
      : call.serialize(x => x as never).send(bytes as never);
  }
  const get = (path: string, user = 'user:default/ann', query: object = {}) =>
    request(backend.server)
      .get(`${base}${path}`)
      .query(query)
      .set(asUser(user));
  const triage = (id: string, body: object, user = 'user:default/ann') =>
    request(backend.server)
      .patch(`${base}/findings/${id}`)
      .set(asUser(user))
      .send(body);
  const inAWeek = () => new Date(Date.now() + 7 * 86_400_000).toISOString();

  it('takes a scan and shows its findings; the next one fixes, adds and brings back', async () => {
    const query = { category: 'life', ref: 'main', commit: 'abcdef1' };
    const first = await upload(sarif(['eval is used', 'secret in code']), {
      query,
      gzip: true,
    });
    expect([first.status, first.body]).toMatchObject([
      201,
      {
        entityRef,
        link: 'http://localhost:3000/catalog/default/component/shop/cloudtrace/security-scans',
        scans: [
          {
            tool: 'demo-linter',
            findings: 2,
            newFindings: 2,
            status: 'imported',
          },
        ],
      },
    ]);
    const listed = await get('/findings');
    expect(listed.body).toMatchObject({ total: 2, tools: ['demo-linter'] });
    expect(listed.body.items[0]).toMatchObject({
      severity: 'high',
      isNew: true,
      location: { path: 'src/app.js' },
    });
    const { findingId } = listed.body.items.find(
      ({ title }: { title: string }) => title === 'eval is used',
    );

    // The other one moved to another line: it stays the same finding.
    const second = await upload(sarif(['new one', 'secret in code']), {
      query,
    });
    expect(second.body.scans[0]).toMatchObject({
      findings: 2,
      newFindings: 1,
      fixedFindings: 1,
    });
    const summary = await get('/findings/summary');
    expect(summary.body).toMatchObject({
      open: { high: 2 },
      newSinceLastScan: 1,
      fixedSinceLastScan: 1,
    });
    expect(summary.body.trend.at(-1).open.high).toBe(2);

    const third = await upload(sarif(['eval is used']), { query });
    expect(third.body.scans[0]).toMatchObject({
      newFindings: 0,
      fixedFindings: 2,
      reopenedFindings: 1,
    });
    const details = await get(`/findings/${findingId}`);
    expect(
      details.body.history.map(({ kind }: { kind: string }) => kind),
    ).toEqual(['reopened', 'fixed', 'found']);
    expect(details.body.sources[0]).toMatchObject({
      present: true,
      ref: 'main',
    });
    expect((await get('/scans')).body.items).toHaveLength(3);
  });

  it('lets neither replays, late scans nor parallel uploads corrupt the list', async () => {
    const query = { category: 'order', ref: 'main' };
    const at = (minutes: number) =>
      new Date(Date.now() - 3_600_000 + minutes * 60_000).toISOString();
    const newer = sarif(['kept'], { tool: 'dated', endTimeUtc: at(10) });
    const older = sarif(['gone'], { tool: 'dated', endTimeUtc: at(5) });
    await upload(newer, { query });
    const late = await upload(older, { query });
    expect(late.body.scans[0]).toMatchObject({
      status: 'superseded',
      newFindings: 0,
    });
    const replay = await upload(newer, { query });
    expect(replay.body.scans[0]).toMatchObject({
      replayed: true,
      newFindings: 0,
    });
    const open = await get('/findings', undefined, { tool: 'dated' });
    expect(open.body.items.map((item: any) => item.title)).toEqual(['kept']);

    const parallel = await Promise.all(
      Array.from({ length: 5 }, () =>
        upload(sarif(['same', 'other'], { tool: 'parallel' }), { query }),
      ),
    );
    expect(parallel.map(({ status }) => status)).toEqual([
      201, 201, 201, 201, 201,
    ]);
    const { body } = await get('/findings', undefined, { tool: 'parallel' });
    expect(body.total).toBe(2);
  });

  it('keeps an accepted risk through scans until it runs out', async () => {
    const query = { category: 'triage' };
    const problem = sarif(['risky'], { tool: 'triaged' });
    await upload(problem, { query });
    const find = async (state: string) =>
      (await get('/findings', undefined, { tool: 'triaged', state })).body
        .items;
    const [{ findingId }] = await find('open');

    for (const wrong of [
      { state: 'accepted', reason: 'known risk', owner: 'user:default/ann' },
      { state: 'accepted', owner: 'user:default/ann', expiresAt: inAWeek() },
      {
        state: 'accepted',
        reason: 'known risk',
        owner: 'user:default/ann',
        expiresAt: new Date(Date.now() + 400 * 86_400_000).toISOString(),
      },
    ]) {
      expect((await triage(findingId, wrong)).status).toBe(400);
    }
    const decision = {
      state: 'accepted',
      reason: 'known risk',
      owner: 'user:default/ann',
      expiresAt: inAWeek(),
    };
    expect(
      (await triage(findingId, decision, 'user:default/reader')).status,
    ).toBe(404);
    backend.audit.mockClear();
    const accepted = await triage(findingId, decision);
    expect([accepted.status, accepted.body]).toMatchObject([
      200,
      { state: 'accepted', triage: { decidedBy: 'user:default/ann' } },
    ]);
    expect(backend.audit).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'finding-triage',
        severityLevel: 'medium',
        status: 'succeeded',
      }),
    );

    await upload(sarif(['another'], { tool: 'triaged' }), { query });
    expect((await find('fixed')).map((item: any) => item.findingId)).toEqual([
      findingId,
    ]);
    await upload(sarif(['another', 'risky'], { tool: 'triaged' }), { query });
    expect((await find('accepted')).map((item: any) => item.findingId)).toEqual(
      [findingId],
    );

    await database.knex.raw(
      `UPDATE findings SET triage_expires_at = now() - interval '1 second' WHERE finding_id = ?`,
      [findingId],
    );
    expect((await find('open')).map((item: any) => item.findingId)).toContain(
      findingId,
    );
    const { history } = (await get(`/findings/${findingId}`)).body;
    expect(history[0].kind).toBe('triage-expired');

    await triage(findingId, { state: 'false-positive', reason: 'test code' });
    expect(await find('false-positive')).toHaveLength(1);
    await triage(findingId, { state: 'open' });
    expect(await find('false-positive')).toHaveLength(0);
  });

  it('refuses what is not a scan, and names what is wrong', async () => {
    const cases: Array<[string, object | Buffer | string, RegExp]> = [
      ['empty', Buffer.from(' '), /JSON/],
      ['not JSON', '{"version": "2.1.0", ', /not JSON/],
      ['another version', { version: '2.0.0', runs: [] }, /version/],
      ['no runs', { version: '2.1.0' }, /runs must be a list/],
      [
        'a number of results',
        sarifWith({ results: 3 }),
        /runs\[0\]\.results must be a list/,
      ],
      [
        '21 runs',
        { version: '2.1.0', runs: Array(21).fill(sarifWith({}).runs[0]) },
        /21 runs/,
      ],
      [
        '25,001 results',
        sarifWith({ results: Array(25_001).fill({}) }),
        /25001 results/,
      ],
      ['deep nesting', `${'['.repeat(100)}${']'.repeat(100)}`, /levels deep/],
      ['UTF-16', Buffer.from('\ufeff{"version":"2.1.0"}', 'utf16le'), /UTF-16/],
      ['bad UTF-8', Buffer.from([0x22, 0xff, 0x22]), /UTF-8/],
    ];
    for (const [name, body, message] of cases) {
      const { status, body: answer } = await upload(body, {
        query: { category: 'bad' },
      });
      expect([name, status, answer.error.message]).toEqual([
        name,
        400,
        expect.stringMatching(message),
      ]);
    }
    const bomb = await upload(gzipBomb(), { gzip: false, query: {} }).set(
      'content-encoding',
      'gzip',
    );
    expect([bomb.status, bomb.body.error.message]).toEqual([
      400,
      expect.stringMatching(/times its size/),
    ]);
    expect((await upload('{}', { token: wrongKind })).status).toBe(401);
    expect((await upload('{}', { token: 'ctk_x' })).status).toBe(401);
    expect((await upload('{}', { format: 'constructor' })).status).toBe(404);
    const scans = (await get('/scans')).body.items;
    expect(
      scans.some((scan: any) => scan.status === 'failed' && scan.error),
    ).toBe(true);
  });

  it('stores hostile content as harmless text', async () => {
    const hostile = {
      ruleId: '<img src=x onerror=alert(1)>',
      helpUri: 'javascript:alert(1)',
      message: {
        text: '=cmd|calc!A1 \u0000\u202e<script>alert(1)</script> \ud800',
        markdown: '[x](javascript:1)',
      },
      hostedViewerUri: 'javascript:alert(1)',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'file:///home/ci/../../etc/passwd' },
            region: { startLine: 2 ** 31, endLine: -1 },
          },
        },
      ],
    };
    const text = JSON.stringify(sarif([hostile], { tool: 'hostile' })).replace(
      '"version":"1.0"',
      '"version":"1.0","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}',
    );
    const bom = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from(text),
    ]);
    expect((await upload(bom)).status).toBe(201);
    const [item] = (await get('/findings', undefined, { tool: 'hostile' })).body
      .items;
    expect(item).toMatchObject({ location: { path: 'etc/passwd' } });
    expect(item.location.startLine).toBeUndefined();
    expect(item.title).toContain('\\u202e<script>');
    for (const character of ['\u0000', '\u202e', '\ud800']) {
      expect(item.title).not.toContain(character);
    }
    const details = (await get(`/findings/${item.findingId}`)).body;
    expect(details.sources[0].links).toEqual([]);
    expect(({} as any).polluted).toBeUndefined();

    const csv = await get('/findings/export', undefined, { format: 'csv' });
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.text).toContain(`"'=cmd|calc`);
    const exported = await get('/findings/export', undefined, {
      format: 'sarif',
    });
    const again = JSON.parse(exported.text ?? exported.body.toString());
    expect(again.runs[0].results.length).toBeGreaterThan(0);
    expect(
      (await upload(again, { query: { category: 'round-trip' } })).status,
    ).toBe(201);
  });

  it('makes one finding of what several tools report, and silences it by VEX', async () => {
    const query = { category: 'tools' };
    for (const [format, sample] of [
      ['npm-audit', npmAuditSample],
      ['trivy', trivySample],
      ['snyk', snykSample],
    ] as const) {
      const { status } = await upload(sample, { format, query });
      expect([format, status]).toEqual([format, 201]);
    }
    const find = async () =>
      (
        await get('/findings', undefined, {
          search: 'minimist',
          state: ['open', 'false-positive'],
        })
      ).body.items;
    const [found, ...others] = await find();
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      state: 'open',
      severity: 'critical',
      tools: ['npm audit', 'Snyk Open Source', 'Trivy'].sort(),
      cves: ['CVE-2021-44906'],
    });
    await upload(vexSample, { format: 'cyclonedx-vex', query });
    expect(await find()).toMatchObject([
      {
        findingId: found.findingId,
        state: 'false-positive',
        triage: { decidedBy: 'CycloneDX VEX' },
      },
    ]);
    // The statement is taken back.
    const without = { ...vexSample, vulnerabilities: [] };
    await upload(without, { format: 'cyclonedx-vex', query });
    expect(await find()).toMatchObject([{ state: 'open' }]);
  });

  it('takes what ESLint wrote, with paths from the root of the checkout', async () => {
    const file = readFileSync(join(__dirname, 'fixtures/eslint.sarif'));
    const { body } = await upload(file, {
      query: { checkoutUri: 'file:///home/ci/shop' },
    });
    expect(body.scans[0]).toMatchObject({ tool: 'ESLint', findings: 3 });
    const listed = await get('/findings', undefined, { tool: 'ESLint' });
    expect(listed.body.items[0].location.path).toBe('src/app.js');
  });

  it('tells the owner of grave findings once', async () => {
    const query = { category: 'told' };
    const scan = (...messages: string[]) =>
      upload(sarif(messages, { tool: 'told' }), { query });
    await database.knex('sent_notifications').delete();
    backend.notify.mockClear();
    await scan('grave one', 'grave two');
    await scan('grave one', 'grave two');
    expect(backend.notify).toHaveBeenCalledTimes(1);
    expect(backend.notify).toHaveBeenCalledWith({
      recipients: { type: 'entity', entityRef },
      payload: expect.objectContaining({
        title: 'shop: 2 high new findings',
        severity: 'high',
        link: '/catalog/default/component/shop/cloudtrace/security-scans',
      }),
    });
    await scan();
    await scan('grave one');
    await scan();
    await scan('grave one');
    expect(backend.notify).toHaveBeenCalledTimes(1);
  });

  it('counts new critical findings for the badge until a later scan has them too', async () => {
    const badge = async () => {
      const { status, body } = await get('/overview');
      expect(status).toBe(200);
      return body.badges.newCriticalFindings;
    };
    const before = (await badge()) ?? 0;
    const vulnerable = (component: string) => ({
      VulnerabilityID: 'CVE-2025-77001',
      PkgName: component,
      InstalledVersion: '1.0.0',
      Severity: 'CRITICAL',
      Title: 'a critical one',
    });
    const scan = (...components: string[]) =>
      upload(
        {
          ...trivySample,
          Results: [
            {
              Target: 'package-lock.json',
              Class: 'lang-pkgs',
              Type: 'npm',
              Vulnerabilities: components.map(vulnerable),
            },
          ],
        },
        { format: 'trivy', query: { category: 'badge' } },
      );
    await scan('badge-a', 'badge-b');
    expect(await badge()).toBe(before + 2);
    const { body } = await get('/findings', undefined, { search: 'badge-a' });
    await triage(body.items[0].findingId, {
      state: 'false-positive',
      reason: 'test code',
    });
    expect(await badge()).toBe(before + 1);
    await scan('badge-a', 'badge-b', 'badge-c');
    expect((await badge()) ?? 0).toBe(before + 1);
    await scan('badge-a', 'badge-b', 'badge-c', 'badge-d');
    await scan('badge-a');
    expect((await badge()) ?? 0).toBe(before);
  });

  it('shows scans in timeline and diagnostics', async () => {
    await upload(sarif(['on the timeline'], { tool: 'timed' }));
    const timeline = await get('/timeline', undefined, { kind: 'scan' });
    expect([timeline.status, timeline.body.items]).toEqual([
      200,
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'scan',
          severity: 'warning',
          title: 'Scan by timed: 1 new, 0 fixed',
        }),
      ]),
    ]);
    const diagnostics = await get('/diagnostics');
    expect(diagnostics.body.sources).toContainEqual(
      expect.objectContaining({
        kind: 'scans',
        status: 'ok',
        tokens: expect.objectContaining({ live: 1 }),
      }),
    );
  });

  it('pages, sorts, filters and sums up only what the caller may see', async () => {
    await upload(
      sarif(
        Array.from({ length: 7 }, (_, i) => `CVE-2025-1000${i} in a_b%${i}`),
        { tool: 'paged' },
      ),
      { query: { category: 'paged' } },
    );
    for (const sort of ['severity', 'firstSeenAt', 'lastSeenAt', 'title']) {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const { status, body } = await get('/findings', undefined, {
          tool: 'paged',
          sort,
          limit: 3,
          ...(cursor && { cursor }),
        });
        expect([sort, status]).toEqual([sort, 200]);
        ids.push(...body.items.map((item: any) => item.findingId));
        cursor = body.nextCursor;
      } while (cursor);
      expect([sort, new Set(ids).size, ids.length]).toEqual([sort, 7, 7]);
    }
    const wrongCursor = Buffer.from('["x","y"]').toString('base64url');
    expect(
      (await get('/findings', undefined, { cursor: wrongCursor })).status,
    ).toBe(400);
    const found = await get('/findings', undefined, { search: 'A_B%3' });
    expect(found.body.total).toBe(1);

    const rollup = (query: object, user = 'user:default/ann') =>
      request(backend.server)
        .get('/api/cloudtrace/v1/findings')
        .query(query)
        .set(asUser(user));
    expect((await rollup({ cve: 'cve-2025-10003' })).body.items).toMatchObject([
      { key: entityRef, entities: 1, open: { high: 1 } },
    ]);
    expect((await rollup({ groupBy: 'owner' })).body.items).toMatchObject([
      { key: 'group:default/team-a', title: 'team-a', entities: 1 },
    ]);
    expect((await rollup({}, 'user:default/reader')).body.items).toHaveLength(
      1,
    );
    expect((await rollup({}, 'user:default/nobody')).body.items).toEqual([]);
    const denied = await get('/findings', 'user:default/nobody');
    expect(denied.status).toBe(404);
  });
});

function sarifWith(run: object) {
  return {
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'x' } }, ...run }],
  };
}

function gzipBomb(): Buffer {
  return gzipSync(Buffer.alloc(40 * 1024 * 1024, ' '));
}
