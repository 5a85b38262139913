import type { Finding, Scan } from '@cloudtrace/plugin-cloudtrace-common';
import { npmAuditSample, sarif, trivySample, vexSample } from './samples';
import { startScanBackend, type ScanTestBackend } from './startScanBackend';

jest.setTimeout(180_000);

/** A SARIF run of a tool with any other properties. */
const runOf = (tool: string, more: object) => ({
  version: '2.1.0',
  runs: [{ tool: { driver: { name: tool } }, ...more }],
});

describe('incomplete scans', () => {
  let scans: ScanTestBackend;

  beforeAll(async () => {
    scans = await startScanBackend();
  });
  afterAll(() => scans?.stop());

  const openOf = async (tool: string): Promise<Finding[]> =>
    (await scans.get('/findings', undefined, { tool })).body.items;
  const newest = async (): Promise<Scan> =>
    (await scans.get('/scans')).body.items[0];

  it.each<[string, object, RegExp]>([
    [
      'it did not succeed',
      {
        invocations: [
          {
            executionSuccessful: false,
            exitCodeDescription: 'out of\u0000 memory',
          },
        ],
        results: [],
      },
      /^The scanner reported that it failed \(runs\[0\]\.invocations\[0\]\.executionSuccessful\): out of.* memory$/,
    ],
    [
      'one of its invocations did not succeed',
      {
        invocations: [
          { executionSuccessful: true },
          { executionSuccessful: false },
        ],
        results: [],
      },
      /^The scanner reported that it failed \(runs\[0\]\.invocations\[1\]\.executionSuccessful\)$/,
    ],
    [
      'results are absent',
      {},
      /^The file has no list of results \(runs\[0\]\.results\), so nothing is known about its findings$/,
    ],
    [
      'results are null',
      { results: null },
      /^The file has no list of results \(runs\[0\]\.results\)/,
    ],
    [
      'a signal ended it',
      {
        invocations: [{ executionSuccessful: true, exitSignalName: 'SIGKILL' }],
        results: [],
      },
      /runs\[0\]\.invocations\[0\]\.exitSignalName is SIGKILL/,
    ],
    [
      'it notes an error',
      {
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [
              { level: 'error', message: { text: 'no space left' } },
            ],
          },
        ],
        results: [],
      },
      /toolExecutionNotifications\[0\]\.level is error: no space left/,
    ],
    [
      'it notes an error of its configuration',
      {
        invocations: [
          {
            executionSuccessful: true,
            toolConfigurationNotifications: [
              {
                level: 'error',
                message: { text: 'unknown rule' },
                locations: [
                  {
                    physicalLocation: {
                      artifactLocation: { uri: 'tool.yaml' },
                    },
                  },
                ],
              },
            ],
          },
        ],
        results: [],
      },
      /toolConfigurationNotifications\[0\]\.level is error: unknown rule/,
    ],
    [
      'results are in another file',
      {
        externalPropertyFileReferences: {
          results: [{ location: { uri: 'r.json' }, itemCount: 2 }],
        },
      },
      /runs\[0\]\.externalPropertyFileReferences\.results/,
    ],
  ])('fix nothing: %s', async (what, run, reason) => {
    const tool = `tool where ${what}`;
    const query = { category: 'incomplete' };
    await scans.upload(sarif(['one', 'two'], { tool }), { query });
    const { status, body } = await scans.upload(runOf(tool, run), { query });
    expect([status, body.scans]).toMatchObject([
      201,
      [
        {
          status: 'imported',
          incomplete: expect.stringMatching(reason),
          findings: 0,
          fixedFindings: 0,
        },
      ],
    ]);
    expect((await openOf(tool)).map(({ state }) => state)).toEqual([
      'open',
      'open',
    ]);
    expect((await newest()).incomplete).toMatch(reason);
  });

  it('count their results, and the next complete scan fixes the rest', async () => {
    const tool = 'partial';
    const failed = sarif(['two', 'three'], { tool });
    failed.runs[0].invocations = [
      { executionSuccessful: false, endTimeUtc: undefined },
    ];
    await scans.upload(sarif(['one', 'two'], { tool }));
    const partial = await scans.upload(failed);
    expect(partial.body.scans).toMatchObject([
      { findings: 2, newFindings: 1, fixedFindings: 0 },
    ]);
    expect((await openOf(tool)).map(({ title }) => title).sort()).toEqual([
      'one',
      'three',
      'two',
    ]);
    const whole = await scans.upload(sarif(['three'], { tool }));
    expect(whole.body.scans).toMatchObject([
      { findings: 1, newFindings: 0, fixedFindings: 2 },
    ]);
    expect(whole.body.scans[0].incomplete).toBeUndefined();
  });

  it('are reported on the timeline and in Diagnostics until a complete one arrives', async () => {
    const tool = 'cut-short';
    const complete = sarif(['one'], { tool });
    await scans.upload(complete);
    const before = (await scans.get('/findings/summary')).body.asOf;
    await scans.upload(runOf(tool, { results: null }));

    const timeline = (await scans.get('/timeline')).body;
    expect(timeline.items ?? timeline.events).toContainEqual(
      expect.objectContaining({
        kind: 'scan',
        severity: 'warning',
        title: `Incomplete scan by ${tool}: 0 new, nothing was closed`,
        detail: expect.stringMatching(
          /no list of results \(runs\[0\]\.results\)/,
        ),
      }),
    );
    const sourceOf = async () =>
      (await scans.get('/diagnostics')).body.sources.find(
        ({ id }: { id: string }) => id === 'scans',
      );
    expect(await sourceOf()).toMatchObject({
      status: 'problem',
      problems: expect.arrayContaining([
        expect.objectContaining({
          code: 'scan-incomplete',
          message: expect.stringContaining(tool),
          nextStep: expect.any(String),
        }),
      ]),
    });
    // Unchecked results are not current.
    expect((await scans.get('/findings/summary')).body.asOf).toBe(before);

    await scans.upload(sarif([], { tool }));
    const problems: Array<{ message: string }> = (await sourceOf()).problems;
    expect(problems.filter(({ message }) => message.includes(tool))).toEqual(
      [],
    );
  });

  it('include CycloneDX documents without vulnerabilities', async () => {
    const format = 'cyclonedx-vex';
    const open = {
      ...vexSample,
      vulnerabilities: [{ id: 'CVE-2019-1000', affects: [{ ref: 'x' }] }],
    };
    await scans.upload(open, { format });
    const { vulnerabilities: _, ...sbom } = vexSample;
    const { body } = await scans.upload(sbom, { format });
    expect(body.scans).toMatchObject([
      {
        incomplete: expect.stringMatching(
          /no list of results \(vulnerabilities\)/,
        ),
        fixedFindings: 0,
      },
    ]);
    const none = await scans.upload(
      { ...vexSample, vulnerabilities: [] },
      { format },
    );
    expect(none.body.scans).toMatchObject([{ fixedFindings: 1 }]);
  });

  it('fix findings in checked files if they name the unchecked ones', async () => {
    const result = (path: string) => ({
      check_id: 'eval',
      path,
      start: { line: 1 },
      end: { line: 1 },
      extra: { message: `in ${path}`, severity: 'ERROR', lines: path },
    });
    const semgrep = (paths: string[], errors: object[], skipped: object[]) => ({
      results: paths.map(result),
      errors,
      paths: { scanned: [], skipped },
    });
    const upload = async (body: object) =>
      (await scans.upload(body, { format: 'semgrep' })).body.scans[0];
    const paths = async () =>
      (await openOf('Semgrep')).map(({ location }) => location?.path).sort();
    const all = ['broken.js', 'huge.js', 'lib/slow.js', 'fine.js'];
    await upload(semgrep(all, [], []));
    const before = (await scans.get('/findings/summary')).body.asOf;

    const partial = semgrep(
      [],
      [
        { level: 'warn', type: 'Syntax error', path: 'broken.js' },
        { level: 'warn', type: ['Timeout', {}], path: 'lib/slow.js' },
      ],
      [
        { path: 'huge.js', reason: 'exceeded_size_limit' },
        { path: 'fine.js', reason: 'semgrepignore_patterns_match' },
      ],
    );
    expect(await upload(partial)).toMatchObject({
      fixedFindings: 1,
      incomplete:
        'The tool could not check 3 paths; their findings stay unchanged: broken.js, lib/slow.js, huge.js',
    });
    expect(await paths()).toEqual(['broken.js', 'huge.js', 'lib/slow.js']);
    const timeline = (await scans.get('/timeline')).body;
    expect(timeline.items ?? timeline.events).toContainEqual(
      expect.objectContaining({
        title: 'Incomplete scan by Semgrep: 0 new, 1 fixed',
      }),
    );
    // All else was checked just now.
    const after = (await scans.get('/findings/summary')).body.asOf;
    expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));

    // An error may have ended all of the scan.
    const failed = semgrep([], [{ level: 'error', path: 'fine.js' }], []);
    expect(await upload(failed)).toMatchObject({ fixedFindings: 0 });
    const unplaced = semgrep([], [{ level: 'warn', message: 'a rule' }], []);
    expect(await upload(unplaced)).toMatchObject({ fixedFindings: 0 });
    expect(await upload(semgrep([], [], []))).toMatchObject({
      fixedFindings: 3,
    });
  });

  it('keep occurrences of a finding in unchecked files', async () => {
    const place = (uri: string) => ({
      physicalLocation: { artifactLocation: { uri } },
    });
    const run = (uris: string[], unchecked: string[]) =>
      runOf('places', {
        invocations: [
          {
            executionSuccessful: true,
            // Without a level it is a warning.
            toolExecutionNotifications: [
              { locations: unchecked.map(place) },
              { level: 'note', locations: [place('b.js')] },
              { level: 'warning', message: { text: 'slow disk' } },
            ],
          },
        ],
        results: uris.length
          ? [
              {
                ruleId: 'r',
                message: { text: 'twice' },
                locations: uris.map(place),
              },
            ]
          : [],
      });
    const upload = async (body: object) =>
      (await scans.upload(body)).body.scans[0];
    await upload(run(['a.js', 'b.js'], []));
    // Found in one place, while the other is unknown: both stand.
    await upload(run(['b.js'], ['a.js']));
    const [finding] = await openOf('places');
    const details = (await scans.get(`/findings/${finding.findingId}`)).body;
    expect(JSON.stringify(details)).toMatch(/"path":"a\.js"/);
    expect(await upload(run([], ['a.js']))).toMatchObject({ fixedFindings: 0 });
    expect(await upload(run([], []))).toMatchObject({ fixedFindings: 1 });
  });

  it.each<[string, object, object, RegExp]>([
    [
      'npm-audit',
      npmAuditSample,
      {
        auditReportVersion: 2,
        vulnerabilities: {},
        metadata: { vulnerabilities: { critical: 2, total: 2 } },
      },
      /^metadata\.vulnerabilities\.total is 2, but vulnerabilities has 0/,
    ],
    [
      'trivy',
      trivySample,
      { SchemaVersion: 2, ArtifactName: 'shop', Results: null },
      /no list of results \(Results\)/,
    ],
  ])('include contradictory documents of %s', async (...given) => {
    const [format, whole, partial, reason] = given;
    const query = { category: 'contradiction' };
    const first = await scans.upload(whole, { format, query });
    expect(first.body.scans[0].findings).toBeGreaterThan(0);
    const { body } = await scans.upload(partial, { format, query });
    expect(body.scans).toMatchObject([
      { incomplete: expect.stringMatching(reason), fixedFindings: 0 },
    ]);
  });

  it('are rejected if they contain no scan at all', async () => {
    for (const [format, body] of [
      ['sarif', { version: '2.1.0', runs: [] }],
      ['snyk', []],
    ] as const) {
      const { status, body: answer } = await scans.upload(body, { format });
      expect([status, answer.error?.message]).toEqual([
        400,
        expect.stringMatching(/contains no scan/),
      ]);
      expect(await newest()).toMatchObject({ status: 'failed' });
    }
  });

  it('do not fix findings that a limit cut', async () => {
    const tool = 'large';
    const result = (i: number, level: string) => ({
      ruleId: 'r',
      level,
      message: { text: `${level} ${i}` },
    });
    const lows = Array.from({ length: 4 }, (_, i) => result(i, 'note'));
    const highs = Array.from({ length: 5_001 }, (_, i) => result(i, 'error'));
    await scans.upload(sarif([...lows, result(9_999, 'error')], { tool }));
    const { body } = await scans.upload(
      sarif([...lows, ...highs.slice(2)], { tool }),
    );
    expect(body.scans).toMatchObject([
      {
        findings: 5_000,
        // Findings as low as the cut ones are unknown; all worse ones were
        // read.
        fixedFindings: 1,
        cuts: [{ limit: 'results per run', total: 5_003, kept: 5_000 }],
      },
    ]);
  });
});
