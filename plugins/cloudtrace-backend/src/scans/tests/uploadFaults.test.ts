import type { Scan } from '@cloudtrace/plugin-cloudtrace-common';
import { sarif } from './samples';
import { startScanBackend, type ScanTestBackend } from './startScanBackend';

jest.setTimeout(180_000);

/** Characters that hide or reorder text, and characters that PostgreSQL cannot store. */
const hostile =
  // eslint-disable-next-line no-control-regex
  /[\u0000\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]/;

describe('files that cannot be stored unchanged', () => {
  let scans: ScanTestBackend;

  beforeAll(async () => {
    scans = await startScanBackend();
  });
  afterAll(() => scans?.stop());

  const at = (uri: string) => ({
    ruleId: 'r',
    message: { text: uri },
    locations: [{ physicalLocation: { artifactLocation: { uri } } }],
  });
  const trivy = (target: string) => ({
    SchemaVersion: 2,
    Results: [
      { Target: target, Secrets: [{ RuleID: 'a', Title: 't', StartLine: 1 }] },
    ],
  });
  const cyclonedx = (purl: string) => ({
    bomFormat: 'CycloneDX',
    components: [{ 'bom-ref': 'x', name: 'x', purl }],
    vulnerabilities: [{ id: 'CVE-2000-0001', affects: [{ ref: 'x' }] }],
  });
  const sonarqube = (path: string) => ({
    issues: [
      { rule: 'a:b', project: 'p', component: `p:${path}`, message: 'm' },
    ],
  });
  const snyk = (targetFile: string) => ({
    targetFile,
    infrastructureAsCodeIssues: [{ id: 'x', title: 't' }],
  });

  it.each<[string, string, object]>([
    ['a SARIF URI with NUL', 'sarif', sarif([at('a%00b.js')])],
    ['a SARIF URI that turns around', 'sarif', sarif([at('a%E2%80%AEsj.b')])],
    ['a SARIF URI with a zero-width space', 'sarif', sarif([at('a\u200bb')])],
    ['half a character', 'sarif', sarif([at('a\ud800b.js')])],
    ['a Trivy target with NUL', 'trivy', trivy('x%00y')],
    ['a Trivy target that turns around', 'trivy', trivy('x\u202ey')],
    ['a purl with NUL', 'cyclonedx-vex', cyclonedx('pkg:npm/a%00b@1%00')],
    [
      'a purl that turns around',
      'cyclonedx-vex',
      cyclonedx('pkg:npm/a%E2%80%AEb'),
    ],
    ['a SonarQube component with NUL', 'sonarqube', sonarqube('x%00y')],
    [
      'a SonarQube component that turns around',
      'sonarqube',
      sonarqube('x\u2066y'),
    ],
    ['a Snyk file with NUL', 'snyk', snyk('x%00y.tf')],
  ])('are cleaned after decoding: %s', async (what, format, body) => {
    const category = `cleaned ${what}`;
    const answer = await scans.upload(body, { format, query: { category } });
    expect([answer.status, answer.body.error]).toEqual([201, undefined]);
    const { items } = (
      await scans.get('/findings', undefined, { isNew: true, limit: 200 })
    ).body;
    expect(items.length).toBeGreaterThan(0);
    expect(JSON.stringify(items)).not.toMatch(hostile);
    for (const { location } of items) {
      // A backslash in an escape is not a separator.
      expect(location?.path ?? '').not.toMatch(/\/u20[26]/);
    }
  });

  it.each<[string, string, string, RegExp]>([
    ['NUL in JSON', 'sarif', '{"version":"2.1.0","runs":[\0]}', /not JSON/],
    [
      'NUL in the name of a field',
      'npm-audit',
      '{"auditReportVersion":2,"vulnerabilities":{"a\\u0000b":{"via":[{}]}}}',
      /vulnerabilities\.a\\u0000b\.via\[0\]\.name is missing/,
    ],
    [
      'a field that turns around',
      'npm-audit',
      '{"auditReportVersion":2,"vulnerabilities":{"a\u202eb":{"via":[{}]}}}',
      /vulnerabilities\.a\\u202eb\.via/,
    ],
  ])('get 400 with the field: %s', async (_, format, body, message) => {
    const answer = await scans.upload(body, { format });
    expect([answer.status, answer.body.error.message]).toEqual([
      400,
      expect.stringMatching(message),
    ]);
    expect(answer.body.error.message).not.toMatch(hostile);
    const [newest]: Scan[] = (await scans.get('/scans')).body.items;
    expect(newest).toMatchObject({ status: 'failed' });
    expect(newest.error).toMatch(message);
    expect(JSON.stringify(newest.coded)).toMatch(/"scan-|"sentences"/);
    expect(JSON.stringify(newest.coded)).not.toMatch(hostile);
  });

  it('are rejected with the parameter if that cannot be stored', async () => {
    for (const name of ['category', 'ref', 'checkoutUri']) {
      const answer = await scans.upload(sarif(['x']), {
        query: { [name]: 'a\u0000b' },
      });
      expect([answer.status, answer.body.error.message]).toEqual([
        400,
        expect.stringContaining(`'${name}'`),
      ]);
    }
    const turned = await scans.upload(sarif(['x'], { tool: 'turned' }), {
      query: { category: 'a\u202eb', ref: 'm\u2066n' },
    });
    expect(turned.body.scans).toMatchObject([
      { category: 'a\\u202eb', ref: 'm\\u2066n' },
    ]);
  });

  it('get 400 when the database rejects a value, and 503 only when it is down', async () => {
    const { knex } = scans.database;
    await knex.raw(
      `ALTER TABLE findings ADD CONSTRAINT no_title CHECK (title <> 'never')`,
    );
    const refused = await scans.upload(sarif(['never'], { tool: 'never' }));
    await knex.raw('ALTER TABLE findings DROP CONSTRAINT no_title');
    expect([refused.status, refused.body.error.message]).toEqual([
      400,
      expect.stringMatching(/cannot be stored.*no_title/),
    ]);
    await knex.raw('ALTER TABLE findings RENAME TO away');
    const away = await scans.upload(sarif(['never'], { tool: 'never' }));
    await knex.raw('ALTER TABLE away RENAME TO findings');
    expect([away.status, away.headers['retry-after']]).toEqual([503, '2']);
  });
});

describe('several runs of one tool', () => {
  let scans: ScanTestBackend;

  beforeAll(async () => {
    scans = await startScanBackend();
  });
  afterAll(() => scans?.stop());

  const run = (id: string | undefined, path: string) => ({
    tool: { driver: { name: 'two' } },
    automationDetails: id ? { id } : undefined,
    results: [
      {
        ruleId: path,
        message: { text: path },
        locations: [{ physicalLocation: { artifactLocation: { uri: path } } }],
      },
    ],
  });
  const openPaths = async (tool: string) =>
    (await scans.get('/findings', undefined, { tool })).body.items
      .map(({ title }: { title: string }) => title)
      .sort();

  it('are one scan under the category of the upload', async () => {
    const { body } = await scans.upload(
      {
        version: '2.1.0',
        runs: [run('web/', 'web/a.js'), run('api/', 'api/b.py')],
      },
      { query: { category: 'app' } },
    );
    expect(body.scans).toMatchObject([
      { tool: 'two', category: 'app', findings: 2, newFindings: 2 },
    ]);
    expect(await openPaths('two')).toEqual(['api/b.py', 'web/a.js']);
  });

  it('are one scan if one names no category and the other the default', async () => {
    const { body } = await scans.upload({
      version: '2.1.0',
      runs: [run('default/', 'x.js'), run(undefined, 'y.js')],
    });
    expect(body.scans).toMatchObject([{ category: 'default', findings: 2 }]);
  });

  it('are one scan for all projects of Snyk', async () => {
    const project = (name: string) => ({
      projectName: name,
      packageManager: 'npm',
      vulnerabilities: [
        { id: `SNYK-${name}`, title: name, packageName: name, version: '1' },
      ],
    });
    const { body } = await scans.upload([project('one'), project('two')], {
      format: 'snyk',
      query: { category: 'all' },
    });
    expect(body.scans).toMatchObject([{ category: 'all', findings: 2 }]);
    expect(await openPaths('Snyk Open Source')).toEqual(['one', 'two']);
  });

  it('report once what a limit cut, counted over the file', async () => {
    const large = (id: string, count: number) => ({
      ...run(id, id),
      results: Array.from({ length: count }, (_, i) => ({
        ruleId: 'r',
        message: { text: `${id} ${i}` },
      })),
    });
    const { body } = await scans.upload(
      { version: '2.1.0', runs: [large('a/', 5_001), large('b/', 6_000)] },
      { query: { category: 'cut' } },
    );
    expect(body.scans).toMatchObject([
      {
        findings: 10_000,
        cuts: [{ limit: 'results per run', total: 11_001, kept: 10_000 }],
      },
    ]);
  });
});

describe('the order of scans', () => {
  let scans: ScanTestBackend;

  beforeAll(async () => {
    scans = await startScanBackend();
  });
  afterAll(() => scans?.stop());

  const ago = (seconds: number) =>
    new Date(Date.now() - seconds * 1_000).toISOString();
  const send = async (tool: string, title: string, endTimeUtc?: string) =>
    (await scans.upload(sarif([title], { tool, endTimeUtc }))).body.scans[0]
      .status;

  it('follows their arrival if a clock is a minute behind', async () => {
    const tool = 'slow clock';
    expect(await send(tool, 'first', ago(0))).toBe('imported');
    expect(await send(tool, 'second', ago(60))).toBe('imported');
    // Steps of a minute must not go back further than the tolerance.
    expect(await send(tool, 'third', ago(150))).toBe('superseded');
  });

  it('never compares the clock of a tool with another clock', async () => {
    const tool = 'no clock';
    expect(await send(tool, 'first')).toBe('imported');
    expect(await send(tool, 'second', ago(3_600))).toBe('imported');
    expect(await send(tool, 'third', ago(7_200))).toBe('superseded');
  });
});

describe('30,000 dependency paths', () => {
  let scans: ScanTestBackend;

  beforeAll(async () => {
    scans = await startScanBackend();
  });
  afterAll(() => scans?.stop());

  it('of one vulnerability count as one vulnerability', async () => {
    const { status, body } = await scans.upload(
      {
        packageManager: 'npm',
        projectName: 'paths',
        vulnerabilities: Array.from({ length: 30_000 }, (_, i) => ({
          id: 'SNYK-JS-A-1',
          title: 'Prototype pollution',
          packageName: 'a',
          version: '1.0.0',
          from: ['paths', `b${i}`, 'a@1.0.0'],
          upgradePath: [false, `b${i}@2`],
        })),
      },
      { format: 'snyk' },
    );
    expect([status, body.error ?? body.scans]).toMatchObject([
      201,
      [{ findings: 1, newFindings: 1, cuts: [] }],
    ]);
  });
});
