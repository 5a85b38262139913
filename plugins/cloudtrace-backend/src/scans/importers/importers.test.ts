import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withKeys } from '../identity/withKeys';
import { cleanScan } from '../worker/cleanScan';
import {
  npmAuditSample,
  snykIacSample,
  snykSample,
  sonarqubeSample,
  trivySample,
  vexSample,
} from '../tests/samples';
import { builtInImporters } from './builtInImporters';
import { readPath } from './readPath';
import { readPurl } from './readPurl';
import { sarifImporter } from './sarif';

const importer = (id: string) => builtInImporters.find(item => item.id === id)!;
const parse = (id: string, document: unknown) =>
  importer(id).parse(JSON.parse(JSON.stringify(document)));
const fixture = (name: string) =>
  JSON.parse(readFileSync(join(__dirname, '../tests/fixtures', name), 'utf8'));

/** A SARIF run with these rules and results. */
const run = (results: object[], driver: object = {}, more: object = {}) => ({
  version: '2.1.0',
  runs: [{ tool: { driver: { name: 'demo', ...driver } }, results, ...more }],
});

describe('SARIF', () => {
  it('reads the output of ESLint', () => {
    const [scan] = sarifImporter.parse(fixture('eslint.sarif'));
    expect([scan.tool, scan.toolVersion]).toEqual(['ESLint', '8.57.1']);
    expect(scan.findings.map(f => [f.ruleId, f.severity])).toEqual([
      ['no-eval', 'high'],
      ['no-var', 'medium'],
      ['no-unused-vars', 'medium'],
    ]);
    expect(scan.findings[0]).toMatchObject({
      title: 'Disallow the use of `eval()`',
      description: 'eval can be harmful.',
      occurrences: [
        { location: { path: 'home/ci/shop/src/app.js', startLine: 3 } },
      ],
      links: [{ url: 'https://eslint.org/docs/latest/rules/no-eval' }],
    });
  });

  it('reads the output of flawfinder, with taxonomies and fingerprints', () => {
    const [scan] = sarifImporter.parse(fixture('flawfinder.sarif'));
    const strcpy = scan.findings.find(f => f.ruleId === 'FF1001')!;
    expect(strcpy).toMatchObject({
      severity: 'high',
      cwes: ['CWE-120'],
      occurrences: [
        {
          location: { path: 'copy.c', startLine: 6 },
          fingerprint: expect.stringMatching(/^contextHash\/v1=\w+/),
        },
      ],
    });
  });

  it('uses security-severity before the level', () => {
    const rules = [
      { id: 'a', properties: { 'security-severity': '9.8' } },
      { id: 'b', defaultConfiguration: { level: 'note' } },
    ];
    const [scan] = parse(
      'sarif',
      run(
        ['a', 'b', 'c'].map(ruleId => ({ ruleId, message: { text: 'x' } })),
        { rules },
      ),
    );
    expect(scan.findings.map(f => [f.severity, f.cvssScore])).toEqual([
      ['critical', 9.8],
      ['low', undefined],
      ['medium', undefined],
    ]);
  });

  it('skips absent and passed results, and marks suppressed ones', () => {
    const [scan] = parse(
      'sarif',
      run([
        { message: { text: 'gone' }, baselineState: 'absent' },
        { message: { text: 'fine' }, kind: 'pass' },
        {
          message: { text: 'quiet' },
          suppressions: [{ kind: 'inSource', justification: 'tests' }],
        },
        {
          message: { text: 'loud' },
          suppressions: [{ kind: 'external', status: 'rejected' }],
        },
      ]),
    );
    expect(scan.findings.map(f => [f.title, f.suppression?.reason])).toEqual([
      ['quiet', 'tests'],
      ['loud', undefined],
    ]);
  });

  it('keeps the 5,000 worst results and reports the cut', () => {
    const results = Array.from({ length: 6_000 }, (_, i) => ({
      message: { text: `r${i}` },
      level: i >= 5_990 ? 'error' : 'note',
    }));
    const [scan] = parse('sarif', run(results));
    expect(scan.findings).toHaveLength(5_000);
    expect(scan.findings[0].title).toBe('r5990');
    expect(scan.cuts).toEqual([
      { limit: 'results per run', total: 6_000, kept: 5_000 },
    ]);
  });

  it.each([
    [
      '21 tags',
      run([], {
        rules: [{ id: 'a', properties: { tags: Array(21).fill('t') } }],
      }),
    ],
    [
      '101 tool extensions',
      {
        version: '2.1.0',
        runs: [
          { tool: { driver: { name: 'x' }, extensions: Array(101).fill({}) } },
        ],
      },
    ],
    [
      '1001 locations',
      run([{ message: { text: 'x' }, locations: Array(1_001).fill({}) }]),
    ],
    ['25001 rules', run([], { rules: Array(25_001).fill({ id: 'a' }) })],
    [
      '10001 thread flow',
      run([
        {
          codeFlows: [{ threadFlows: [{ locations: Array(10_001).fill({}) }] }],
        },
      ]),
    ],
  ])('rejects %s', (message, document) => {
    expect(() => parse('sarif', document)).toThrow(message);
  });
});

describe('identity', () => {
  it('finds one vulnerability in the results of four tools', () => {
    const keys = [
      parse('trivy', trivySample),
      parse('npm-audit', npmAuditSample),
      parse('snyk', snykSample),
      parse('cyclonedx-vex', vexSample),
    ].map(([scan]) => withKeys(scan).findings[0].keys.advisory);
    expect(keys[1].some(key => keys[0].includes(key))).toBe(true);
    expect(keys[2].some(key => keys[0].includes(key))).toBe(true);
    expect(keys[3].some(key => keys[0].includes(key))).toBe(true);
  });

  it('does not change when lines move', () => {
    const place = (line: number) => ({
      ruleId: 'r',
      message: { text: 'same' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a.js' },
            region: { startLine: line },
          },
        },
      ],
    });
    const keysOf = (lines: number[]) =>
      withKeys(parse('sarif', run(lines.map(place)))[0]).findings.map(
        ({ keys }) => keys,
      );
    expect(keysOf([12, 7])).toEqual(keysOf([5, 9]));
  });
});

describe('other formats', () => {
  it('reads Trivy: vulnerabilities, misconfigurations, secrets without the secret', () => {
    const [scan] = parse('trivy', trivySample);
    expect(scan).toMatchObject({ tool: 'Trivy', toolVersion: '0.58.0' });
    expect(scan.findings).toMatchObject([
      {
        ruleId: 'CVE-2021-44906',
        severity: 'critical',
        cvssScore: 9.8,
        occurrences: [
          {
            package: {
              name: 'minimist',
              ecosystem: 'npm',
              fixedVersion: '1.2.6',
            },
          },
        ],
      },
      {
        ruleId: 'AVD-DS-0002',
        occurrences: [{ location: { path: 'Dockerfile', startLine: 1 } }],
      },
      {
        occurrences: [{ location: { path: 'app/.env', startLine: 3 } }],
        cwes: ['CWE-798'],
      },
    ]);
    expect(JSON.stringify(scan)).not.toContain('very-secret');
  });

  it('reads npm audit: each advisory once', () => {
    const [scan] = parse('npm-audit', npmAuditSample);
    expect(scan.findings).toMatchObject([
      {
        ruleId: 'GHSA-xvch-5gv4-984h',
        severity: 'critical',
        remediation: 'Run npm audit fix',
      },
    ]);
    expect(() => parse('npm-audit', { message: 'no lockfile' })).toThrow(
      /no lockfile/,
    );
  });

  it('reads Snyk test, iac and code', () => {
    const [scan] = parse('snyk', snykSample);
    expect(scan.tool).toBe('Snyk Open Source');
    expect(withKeys(scan).findings).toMatchObject([
      { severity: 'high', remediation: 'Update to minimist@1.2.6' },
    ]);
    expect(parse('snyk', snykIacSample)).toMatchObject([
      {
        tool: 'Snyk IaC',
        findings: [
          { occurrences: [{ location: { path: 'main.tf', startLine: 7 } }] },
        ],
      },
    ]);
    expect(parse('snyk', run([{ message: { text: 'x' } }]))).toHaveLength(1);
  });

  it('reads the applications of an image that Snyk tested', () => {
    const [vulnerability] = snykSample.vulnerabilities;
    const inApp = (targetFile: string) => ({
      packageManager: 'npm',
      targetFile,
      vulnerabilities: [vulnerability],
    });
    const [scan] = parse('snyk', {
      docker: { baseImage: 'debian:12' },
      path: 'registry.example/shop:1.0',
      packageManager: 'deb',
      projectName: 'shop',
      vulnerabilities: [
        {
          ...vulnerability,
          id: 'SNYK-DEBIAN12-ZLIB-1',
          packageName: 'zlib',
          packageManager: 'debian:12',
          identifiers: { CVE: ['CVE-2023-45853'] },
        },
      ],
      applications: [inApp('/app/package.json'), inApp('/admin/package.json')],
    });
    expect(scan.tool).toBe('Snyk Container');
    expect(withKeys(scan).findings).toMatchObject([
      {
        package: { name: 'zlib', ecosystem: 'deb' },
        occurrences: [{ target: 'registry.example/shop:1.0' }],
      },
      {
        package: { name: 'minimist', ecosystem: 'npm' },
        occurrences: [
          { location: { path: 'app/package.json' } },
          { location: { path: 'admin/package.json' } },
        ],
      },
    ]);
  });

  it('reads nested components of CycloneDX', () => {
    const [scan] = parse('cyclonedx-vex', {
      bomFormat: 'CycloneDX',
      components: [
        {
          'bom-ref': 'outer',
          name: 'outer',
          components: [
            {
              'bom-ref': 'inner',
              name: 'inner',
              purl: 'pkg:npm/minimist@1.2.0',
            },
          ],
        },
      ],
      vulnerabilities: [{ id: 'CVE-2021-44906', affects: [{ ref: 'inner' }] }],
    });
    expect(scan.findings[0].occurrences).toEqual([
      { package: { name: 'minimist', version: '1.2.0', ecosystem: 'npm' } },
    ]);
  });

  it('assigns the same key to a vulnerability in SARIF and in JSON', () => {
    const [json] = parse('trivy', trivySample);
    const [fromSarif] = parse(
      'sarif',
      run([
        {
          ruleId: 'CVE-2021-44906',
          message: {
            text: 'Package: minimist\nInstalled Version: 1.2.0\nFixed Version: 1.2.6',
          },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'package-lock.json' },
              },
            },
          ],
        },
      ]),
    );
    const [a, b] = [json, fromSarif].map(
      scan => withKeys(scan).findings[0].keys.advisory,
    );
    expect(a).toEqual(expect.arrayContaining(b));
    expect(b.length).toBeGreaterThan(0);
  });

  it('reads CycloneDX VEX: not affected is suppressed, resolved is skipped', () => {
    const [scan] = parse('cyclonedx-vex', vexSample);
    expect(scan.findings).toMatchObject([
      {
        suppression: {
          kind: 'vex',
          reason: 'code not reachable: Only the build uses it.',
        },
      },
    ]);
    expect(readPurl('pkg:npm/%40scope/name@1.0.0?a=b')).toEqual({
      name: '@scope/name',
      version: '1.0.0',
      ecosystem: 'npm',
    });
  });
});

describe('hostile input', () => {
  it.each(['', ' \n ', '\u0000', '\ufeff'])(
    'names a finding after its rule if its title is %j',
    title => {
      const document = structuredClone(trivySample);
      setAt(document, ['Results', 0, 'Vulnerabilities', 0, 'Title'], title);
      const [scan] = importer('trivy').parse(document);
      expect(scan.findings.map(finding => finding.title)).not.toContain('');
    },
  );

  it.each([
    ['', undefined],
    ['http://evil.example/a', undefined],
    ['javascript:alert(1)', undefined],
    ['../../../etc/passwd', 'etc/passwd'],
    ['file:///home/ci/a%20b.js', 'home/ci/a b.js'],
    ['C:\\work\\a.js', 'work/a.js'],
    ['./src/./a.js', 'src/a.js'],
    ['%', '%'],
  ])('reads the path %p as %p', (uri, path) => {
    expect(readPath(uri)).toBe(path);
  });

  const samples: Record<string, unknown> = {
    sarif: fixture('flawfinder.sarif'),
    trivy: trivySample,
    snyk: snykSample,
    'npm-audit': npmAuditSample,
    'cyclonedx-vex': vexSample,
    sonarqube: sonarqubeSample,
  };

  it.each(Object.keys(samples))(
    'returns findings or a named error for any change of a %s file',
    id => {
      const paths = pathsOf(samples[id]);
      fc.assert(
        fc.property(
          fc.array(
            fc.tuple(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 3 })),
            { minLength: 1, maxLength: 5 },
          ),
          changes => {
            const document = structuredClone(samples[id]);
            for (const [path, value] of changes) setAt(document, path, value);
            try {
              for (const scan of importer(id).parse(document)) {
                check(withKeys(cleanScan(scan)));
              }
            } catch (error) {
              expect((error as Error).name).toBe('ScanFormatError');
            }
          },
        ),
        { numRuns: 1_000 },
      );
    },
  );
});

/** Checks what must hold for the output of every importer. */
function check(scan: ReturnType<typeof withKeys>): void {
  for (const finding of scan.findings) {
    expect(finding.keys.own.length).toBeGreaterThan(0);
    expect(finding.title).not.toBe('');
    expect(['critical', 'high', 'medium', 'low', 'info']).toContain(
      finding.severity,
    );
    for (const { url } of finding.links) expect(url).toMatch(/^https?:/);
    // Only as raw characters: escapes are harmless.
    expect(Object.values(finding).join(' ')).not.toMatch(
      // eslint-disable-next-line no-control-regex -- these are what must not be there
      /[\u0000\u202a-\u202e]/,
    );
  }
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
}

type Path = Array<string | number>;

/** Every place in a document. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, part]) =>
          pathsOf(part, [...path, Array.isArray(value) ? Number(key) : key]),
        )
      : [];
  return path.length > 0 ? [path, ...inner] : inner;
}

function setAt(document: unknown, path: Path, value: unknown): void {
  let place = document;
  for (const key of path.slice(0, -1)) {
    place = (place as Record<string | number, unknown>)[key];
    if (typeof place !== 'object' || place === null) return;
  }
  (place as Record<string | number, unknown>)[path[path.length - 1]] = value;
}
