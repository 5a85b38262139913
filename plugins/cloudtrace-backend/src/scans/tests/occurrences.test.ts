import type { Finding } from '@cloudtrace/plugin-cloudtrace-common';
import { createHash } from 'node:crypto';
import { sarif, snykSample, trivySample } from './samples';
import { startScanBackend, type ScanTestBackend } from './startScanBackend';

jest.setTimeout(180_000);

/** `eval(…)` on some lines of a file. */
const evals = (
  lines: number[],
  { tool, ...more }: { tool: string; fingerprints?: object },
) =>
  sarif(
    lines.map(startLine => ({
      ruleId: 'eval',
      message: { text: 'do not' },
      ...more,
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'src/e.js' },
            region: { startLine, snippet: { text: `eval(input${startLine})` } },
          },
        },
      ],
    })),
    { tool },
  );

describe('identity and occurrences of findings', () => {
  let scans: ScanTestBackend;

  beforeAll(async () => {
    scans = await startScanBackend();
  });
  afterAll(() => scans?.stop());

  const states = ['open', 'fixed', 'accepted', 'false-positive'];
  const list = async (tool: string): Promise<Finding[]> =>
    (await scans.get('/findings', undefined, { tool, state: states })).body
      .items;
  const linesOf = (findings: Finding[]) =>
    findings.map(f => `${f.location?.startLine}:${f.state}`).sort();

  it.each([
    ['one fingerprint for all', { 'matchBasedId/v1': 'constant' }],
    ['words for a fingerprint', { 'matchBasedId/v1': 'requires login' }],
    ['no fingerprint', undefined],
  ])('keeps a decision with its finding: %s', async (tool, fingerprints) => {
    const query = { category: 'moves' };
    const at = (...lines: number[]) => evals(lines, { tool, fingerprints });
    await scans.upload(at(10, 20, 30), { query });
    const twenty = (await list(tool)).find(f => f.location?.startLine === 20)!;
    const decided = await scans.triage(twenty.findingId, {
      state: 'false-positive',
      reason: 'tested',
    });
    expect(decided.status).toBe(200);
    await scans.upload(at(20, 30), { query });
    expect(linesOf(await list(tool))).toEqual([
      '10:fixed',
      '20:false-positive',
      '30:open',
    ]);
  });

  it('keeps a finding until its last occurrence is gone', async () => {
    const query = { category: 'places' };
    const tool = 'places';
    const at = (...paths: string[]) =>
      sarif(
        [
          {
            ruleId: 'copy',
            message: { text: 'copied' },
            locations: paths.map(uri => ({
              physicalLocation: {
                artifactLocation: { uri },
                region: { startLine: 3 },
              },
            })),
          },
        ],
        { tool },
      );
    await scans.upload(at('a.js', 'b.js'), { query });
    const [{ findingId }] = await list(tool);
    const read = async () => (await scans.get(`/findings/${findingId}`)).body;
    expect(await read()).toMatchObject({
      occurrenceCount: 2,
      occurrences: [
        { location: { path: 'a.js', startLine: 3 }, tools: [tool] },
        { location: { path: 'b.js', startLine: 3 }, tools: [tool] },
      ],
    });
    const second = await scans.upload(at('b.js'), { query });
    expect(second.body.scans[0]).toMatchObject({
      newFindings: 0,
      fixedFindings: 0,
    });
    expect(await read()).toMatchObject({
      state: 'open',
      occurrences: [{ location: { path: 'b.js' } }],
    });
    const third = await scans.upload(sarif([], { tool }), { query });
    expect(third.body.scans[0]).toMatchObject({ fixedFindings: 1 });
    expect(await read()).toMatchObject({
      state: 'fixed',
      occurrences: [{ location: { path: 'b.js' } }],
    });
  });

  it('exports every occurrence of a finding', async () => {
    const tool = 'exported';
    const paths = ['a.js', 'b.js', 'c.js'];
    await scans.upload(
      sarif(
        [
          {
            ruleId: 'everywhere',
            message: { text: 'copied' },
            locations: paths.map(uri => ({
              physicalLocation: { artifactLocation: { uri } },
            })),
          },
        ],
        { tool },
      ),
      { query: { category: 'exports' } },
    );
    const answer = await scans.get('/findings/export', undefined, {
      format: 'sarif',
    });
    const { runs } = JSON.parse(answer.text ?? answer.body.toString());
    const [result] = runs[0].results.filter(
      ({ ruleId }: { ruleId: string }) => ruleId === 'everywhere',
    );
    expect(
      result.locations.map((l: any) => l.physicalLocation.artifactLocation.uri),
    ).toEqual(paths);
  });

  it('keeps a vulnerability until the last lock file is fixed', async () => {
    const query = { category: 'locks' };
    const [{ Vulnerabilities, ...target }] = trivySample.Results;
    const inFiles = (...files: string[]) => ({
      ...trivySample,
      Results: files.map((Target, i) => ({
        ...target,
        Target,
        Vulnerabilities: Vulnerabilities!.map(item => ({
          ...item,
          VulnerabilityID: 'CVE-2025-55001',
          VendorIDs: [],
          InstalledVersion: `1.0.${i}`,
        })),
      })),
    });
    const first = await scans.upload(
      inFiles('web/package-lock.json', 'api/package-lock.json'),
      { format: 'trivy', query },
    );
    expect(first.body.scans[0].findings).toBe(1);
    const find = async () => {
      const { body } = await scans.get('/findings', undefined, {
        cve: 'CVE-2025-55001',
        state: states,
      });
      return (await scans.get(`/findings/${body.items[0].findingId}`)).body;
    };
    expect((await find()).occurrences).toMatchObject([
      {
        location: { path: 'web/package-lock.json' },
        package: { name: 'minimist', version: '1.0.0' },
      },
      {
        location: { path: 'api/package-lock.json' },
        package: { version: '1.0.1' },
      },
    ]);
    await scans.upload(inFiles('api/package-lock.json'), {
      format: 'trivy',
      query,
    });
    expect(await find()).toMatchObject({ state: 'open', occurrenceCount: 1 });
    await scans.upload(inFiles(), { format: 'trivy', query });
    expect((await find()).state).toBe('fixed');
  });

  it('counts 30,000 dependency paths as one vulnerability', async () => {
    const [vulnerability] = snykSample.vulnerabilities;
    const { status, body } = await scans.upload(
      {
        ...snykSample,
        vulnerabilities: Array.from({ length: 30_000 }, (_, i) => ({
          ...vulnerability,
          from: [`a${i}`, 'minimist@1.2.0'],
        })),
      },
      { format: 'snyk', query: { category: 'paths' } },
    );
    expect([status, body.scans?.[0].findings]).toEqual([201, 1]);
  });

  it('finds what an older version stored, including the decision', async () => {
    const tool = 'older';
    const query = { category: 'older' };
    const lines = [10, 20, 30];
    await scans.upload(evals(lines, { tool }), { query });
    const stored = await list(tool);
    const { knex } = scans.database;
    const ids = stored.map(f => f.findingId);
    const idAt = (line: number) =>
      stored.find(f => f.location?.startLine === line)!.findingId;
    await scans.triage(idAt(20), { state: 'false-positive', reason: 'tested' });
    // As older versions stored them: numbered by line behind one constant
    // fingerprint.
    await knex('finding_keys').whereIn('finding_id', ids).delete();
    await knex('finding_sources')
      .whereIn('finding_id', ids)
      .update({ occurrences: '[]', occurrence_count: 0 });
    const base = JSON.stringify(['code', tool, 'eval', 'src/e.js', 'k=login']);
    const [{ entity_id: entityId }] = await knex('findings')
      .whereIn('finding_id', ids)
      .select('entity_id');
    await knex('finding_keys').insert(
      lines.map((line, i) => ({
        entity_id: entityId,
        key: createHash('sha256')
          .update(`${base}#${i + 1}`)
          .digest(),
        finding_id: idAt(line),
      })),
    );
    const details = (await scans.get(`/findings/${idAt(20)}`)).body;
    expect(details).toMatchObject({
      occurrenceCount: 1,
      occurrences: [{ location: { path: 'src/e.js', startLine: 20 } }],
    });

    const { body } = await scans.upload(
      evals([20, 30], { tool, fingerprints: { k: 'login' } }),
      { query },
    );
    expect(body.scans[0]).toMatchObject({ newFindings: 0, fixedFindings: 1 });
    expect(linesOf(await list(tool))).toEqual([
      '10:fixed',
      '20:false-positive',
      '30:open',
    ]);
    await scans.upload(evals([40], { tool, fingerprints: { k: 'login' } }), {
      query,
    });
    expect(linesOf(await list(tool))).toEqual([
      '10:fixed',
      '20:fixed',
      '30:fixed',
      '40:open',
    ]);
  });
});
