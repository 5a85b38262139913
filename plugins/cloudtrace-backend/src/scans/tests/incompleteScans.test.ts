import type { Finding, Scan } from '@cloudtrace/plugin-cloudtrace-common';
import { sarif, vexSample } from './samples';
import { startScanBackend, type ScanTestBackend } from './startScanBackend';

jest.setTimeout(180_000);

/** A SARIF run of a tool with any other properties. */
const runOf = (tool: string, more: object) => ({
  version: '2.1.0',
  runs: [{ tool: { driver: { name: tool } }, ...more }],
});

describe('scans that did not run to their end', () => {
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
      /runs\[0\]\.invocations\[0\]\.executionSuccessful is false.*out of.* memory/,
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
      /runs\[0\]\.invocations\[1\]\.executionSuccessful is false/,
    ],
    ['results are absent', {}, /runs\[0\]\.results is missing/],
    ['results are null', { results: null }, /runs\[0\]\.results is missing/],
    [
      'results are in another file',
      {
        externalPropertyFileReferences: {
          results: [{ location: { uri: 'r.json' }, itemCount: 2 }],
        },
      },
      /runs\[0\]\.externalPropertyFileReferences\.results/,
    ],
  ])('close nothing: %s', async (what, run, reason) => {
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

  it('count the results that they have, and the next complete scan closes the rest', async () => {
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

  it('say so on the timeline and in the diagnostics until a complete one arrives', async () => {
    const tool = 'reported';
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
        detail: expect.stringMatching(/results is missing/),
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

  it('are also CycloneDX documents without vulnerabilities', async () => {
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
        incomplete: expect.stringMatching(/vulnerabilities is missing/),
        fixedFindings: 0,
      },
    ]);
    const none = await scans.upload(
      { ...vexSample, vulnerabilities: [] },
      { format },
    );
    expect(none.body.scans).toMatchObject([{ fixedFindings: 1 }]);
  });

  it('are refused if they name no scan at all', async () => {
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

  it('do not close what a limit left out', async () => {
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
