import type { Scan } from '@cloudtrace/plugin-cloudtrace-common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import {
  npmAuditSample,
  sarif,
  snykSample,
  trivySample,
  vexSample,
} from './samples';
import { startScanBackend, type ScanTestBackend } from './startScanBackend';

jest.setTimeout(180_000);

describe('uploads of scans', () => {
  let scans: ScanTestBackend;

  beforeAll(async () => {
    scans = await startScanBackend();
  });
  afterAll(() => scans?.stop());

  it('rejects what is not a scan, and explains what is wrong', async () => {
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
      const { status, body: answer } = await scans.upload(body, {
        query: { category: 'bad' },
      });
      expect([name, status, answer.error.message]).toEqual([
        name,
        400,
        expect.stringMatching(message),
      ]);
    }
    const bomb = await scans
      .upload(gzipBomb(), { gzip: false, query: {} })
      .set('content-encoding', 'gzip');
    expect([bomb.status, bomb.body.error.message]).toEqual([
      400,
      expect.stringMatching(/times its size/),
    ]);
    expect(
      (await scans.upload('{}', { token: await scans.createToken('events') }))
        .status,
    ).toBe(401);
    expect((await scans.upload('{}', { token: 'ctk_x' })).status).toBe(401);
    expect((await scans.upload('{}', { format: 'constructor' })).status).toBe(
      404,
    );
    const listed = (await scans.get('/scans')).body.items;
    expect(
      listed.some((scan: Scan) => scan.status === 'failed' && scan.error),
    ).toBe(true);
  });

  it('accepts only gzip and JSON of limited size', async () => {
    const file = JSON.stringify(sarif(['fine']));
    const gzip = { 'content-encoding': 'gzip' };
    const cases: Array<
      [string, Buffer, Record<string, string>, number, RegExp]
    > = [
      ['cut off', gzipSync(file).subarray(0, -12), gzip, 400, /valid gzip/],
      ['gzip in gzip', gzipSync(gzipSync(file)), gzip, 400, /UTF-8|not JSON/],
      ['not gzip at all', Buffer.from(file), gzip, 400, /valid gzip/],
      [
        'brotli',
        brotliCompressSync(file),
        { 'content-encoding': 'br' },
        415,
        /encoding must be gzip/,
      ],
      [
        'called text',
        Buffer.from(file),
        { 'content-type': 'text/plain' },
        415,
        /content type must be/,
      ],
      [
        'more than 10 MiB of gzip',
        Buffer.alloc(10 * 1024 * 1024 + 1),
        gzip,
        413,
        /larger than 10485760 bytes/,
      ],
    ];
    for (const [name, body, headers, status, message] of cases) {
      const answer = await scans.upload(body).set(headers);
      expect([name, answer.status, answer.body.error.message]).toEqual([
        name,
        status,
        expect.stringMatching(message),
      ]);
    }
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
    expect((await scans.upload(bom)).status).toBe(201);
    const [item] = (
      await scans.get('/findings', undefined, { tool: 'hostile' })
    ).body.items;
    expect(item).toMatchObject({ location: { path: 'etc/passwd' } });
    expect(item.location.startLine).toBeUndefined();
    expect(item.title).toContain('\\u202e<script>');
    for (const character of ['\u0000', '\u202e', '\ud800']) {
      expect(item.title).not.toContain(character);
    }
    const details = (await scans.get(`/findings/${item.findingId}`)).body;
    expect(details.sources[0].links).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();

    const csv = await scans.get('/findings/export', undefined, {
      format: 'csv',
    });
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.text).toContain(`"'=cmd|calc`);
    const exported = await scans.get('/findings/export', undefined, {
      format: 'sarif',
    });
    const again = JSON.parse(exported.text ?? exported.body.toString());
    expect(again.runs[0].results.length).toBeGreaterThan(0);
    expect(
      (await scans.upload(again, { query: { category: 'round-trip' } })).status,
    ).toBe(201);
  });

  it('makes one finding of what several tools report, and suppresses it by VEX', async () => {
    const query = { category: 'tools' };
    for (const [format, sample] of [
      ['npm-audit', npmAuditSample],
      ['trivy', trivySample],
      ['snyk', snykSample],
    ] as const) {
      const { status } = await scans.upload(sample, { format, query });
      expect([format, status]).toEqual([format, 201]);
    }
    const find = async () =>
      (
        await scans.get('/findings', undefined, {
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
    await scans.upload(vexSample, { format: 'cyclonedx-vex', query });
    expect(await find()).toMatchObject([
      {
        findingId: found.findingId,
        state: 'false-positive',
        triage: { decidedBy: 'CycloneDX VEX' },
      },
    ]);
    // The VEX statement is withdrawn.
    const without = { ...vexSample, vulnerabilities: [] };
    await scans.upload(without, { format: 'cyclonedx-vex', query });
    expect(await find()).toMatchObject([{ state: 'open' }]);
  });

  it('accepts the output of ESLint, with paths from the root of the checkout', async () => {
    const file = readFileSync(join(__dirname, 'fixtures/eslint.sarif'));
    const { body } = await scans.upload(file, {
      query: { checkoutUri: 'file:///home/ci/shop' },
    });
    expect(body.scans[0]).toMatchObject({ tool: 'ESLint', findings: 3 });
    const listed = await scans.get('/findings', undefined, { tool: 'ESLint' });
    expect(listed.body.items[0].location.path).toBe('src/app.js');
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
