import { http, HttpResponse } from 'msw';
import {
  snykIds,
  snykIssue,
  startSnykBackend,
  type SnykBackend,
} from './testUtils/startSnykBackend';

jest.setTimeout(180_000);

describe('pulls from Snyk', () => {
  let snyk: SnykBackend;

  beforeAll(async () => {
    snyk = await startSnykBackend();
  });
  beforeEach(() => snyk.reset());
  afterAll(() => snyk?.stop());

  it('pulls a project that a webhook names, page by page', async () => {
    snyk.answerIssues(
      [snykIssue('lodash')],
      [snykIssue('minimist', { ignored: true })],
      [snykIssue('qs'), snykIssue('old', { status: 'resolved' })],
    );
    const answer = await snyk.webhook(snykIds.snapshot);
    expect([answer.status, answer.body]).toEqual([202, { status: 'accepted' }]);
    expect(
      await snyk.until(
        snyk.openTitles,
        (titles: string[]) => titles.length === 2,
      ),
    ).toEqual(['Problem in lodash', 'Problem in qs']);

    const [scan] = (await snyk.get('/scans')).items;
    expect(scan).toMatchObject({
      tool: 'Snyk Open Source',
      category: 'acme/shop:package.json [22222222]',
      ref: 'main',
      status: 'imported',
      findings: 3,
    });
    const ignored = (await snyk.get('/findings?state=false-positive')).items;
    expect(ignored).toMatchObject([{ title: 'Problem in minimist' }]);
    const { items } = await snyk.get('/findings?state=open&search=lodash');
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
    expect([...snyk.authorizations]).toEqual(['token snyk-token']);
    expect(snyk.calls.at(-1)!.searchParams.get('version')).toMatch(/^\d{4}-/);
    expect(await snyk.diagnose()).toMatchObject({
      status: 'ok',
      lastSuccessAt: expect.any(String),
      problems: [],
    });
  });

  it('pulls on schedule, also through targets, and reports what is missing', async () => {
    snyk.answerIssues([snykIssue('qs'), snykIssue('axios')]);
    snyk.server.use(
      http.get(snykIds.issuesUrl, ({ request: req }) => {
        const id = new URL(req.url).searchParams.get('scan_item.id');
        if (id !== snykIds.codeProject) return undefined;
        return HttpResponse.json({
          data: [
            snykIssue('sqli', {
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
    await snyk.scheduler.triggerTask('cloudtrace-snyk');
    const source = await snyk.until(
      () => snyk.diagnose('cart'),
      value => value?.lastSuccessAt !== undefined,
    );
    expect(source).toMatchObject({ status: 'problem' });
    expect(source.problems[0].message).toContain(
      `no project ${snykIds.missing}`,
    );
    expect((await snyk.get('/findings', 'cart')).items).toMatchObject([
      {
        tools: ['Snyk Code'],
        ruleId: 'javascript/Sqli',
        location: { path: 'src/db.js', startLine: 7 },
      },
    ]);
    expect(await snyk.diagnose('foreign')).toMatchObject({
      status: 'problem',
      message: expect.stringContaining('is not one of those'),
    });
    expect((await snyk.get('/findings', 'foreign')).items).toEqual([]);
  });

  it.each<[string, () => Response, RegExp]>([
    [
      'HTML with HTTP 500',
      () => new HttpResponse('<h1>oops</h1>', { status: 500 }),
      /HTTP 500/,
    ],
    [
      'HTML',
      () => HttpResponse.html('<h1>oops</h1>'),
      /invalid or incomplete JSON/,
    ],
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
  ])('keeps its data after %s, and reports it', async (_, answer, words) => {
    let evil = 0;
    snyk.server.use(
      http.get(snykIds.issuesUrl, answer),
      http.all('https://evil.example/*', () => {
        evil += 1;
        return HttpResponse.json({ data: [] });
      }),
    );
    await snyk.webhook(snykIds.snapshot);
    const source = await snyk.until(snyk.diagnose, value =>
      words.test(value?.problems[0]?.message ?? ''),
    );
    expect(source).toMatchObject({ status: 'problem' });
    expect(source.message).toMatch(words);
    expect(JSON.stringify(source)).not.toMatch(/snyk-token|oops/);
    expect(evil).toBe(0);
    expect(await snyk.openTitles()).toEqual([
      'Problem in axios',
      'Problem in qs',
    ]);
  });

  it('waits as long as Retry-After says, and recovers', async () => {
    let refused = 0;
    snyk.answerIssues([snykIssue('qs'), snykIssue('axios')]);
    snyk.server.use(
      http.get(snykIds.issuesUrl, () => {
        if (refused > 0) return undefined;
        refused += 1;
        return new HttpResponse('', {
          status: 429,
          headers: { 'retry-after': '1' },
        });
      }),
    );
    const startedAt = Date.now();
    await snyk.webhook(snykIds.snapshot);
    const source = await snyk.until(
      snyk.diagnose,
      value => value?.status === 'ok',
    );
    expect(source).toMatchObject({ status: 'ok', problems: [] });
    expect(refused).toBe(1);
    expect(Date.now() - startedAt).toBeGreaterThan(900);
  });
});
