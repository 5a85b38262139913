import { wordText } from '@cloudtrace/plugin-cloudtrace-common';
import fc from 'fast-check';
import { withKeys } from '../identity/withKeys';
import { formatSamples } from '../tests/formatSamples';
import { scanParser, type ParseTask } from '../worker/parseScan';
import { UNNAMED } from '../worker/uniteScans';
import { builtInImporters } from './builtInImporters';
import { hintAtOtherFormat, nameFormat } from './nameFormat';

const importer = (id: string) => builtInImporters.find(item => item.id === id)!;

/** Parses text as the worker does. */
const upload = (id: string, text: string) => {
  const task: ParseTask = {
    body: new TextEncoder().encode(text),
    gzip: false,
    importerId: id,
    importerPath: importer(id).modulePath,
  };
  const answer = scanParser.parse(task);
  return 'refused' in answer ? { refused: wordText(answer.refused) } : answer;
};

const parse = (id: string, document: unknown) => {
  const answer = upload(id, JSON.stringify(document));
  if (!('scans' in answer)) throw new Error(JSON.stringify(answer));
  return answer.scans;
};

/** One line per finding: rule, severity, package, and place. */
const summarise = (id: string, document: unknown) =>
  parse(id, document).map(scan => [
    [scan.tool, scan.category === UNNAMED ? '' : scan.category]
      .filter(Boolean)
      .join(' / '),
    ...scan.findings.map(finding =>
      [
        finding.ruleId,
        finding.severity,
        ...finding.occurrences.map(({ location, target, package: pkg }) =>
          [
            pkg && `${pkg.ecosystem}:${pkg.name}@${pkg.version}`,
            location && `${location.path}:${location.startLine ?? ''}`,
            target,
          ]
            .filter(Boolean)
            .join(' in '),
        ),
        finding.suppression && `(${finding.suppression.reason})`,
      ]
        .filter(Boolean)
        .join(' | '),
    ),
    ...(scan.incomplete ? [`incomplete: ${wordText(scan.incomplete)}`] : []),
    ...scan.cuts.map(cut => `${cut.kept} of ${cut.total} ${cut.limit}`),
  ]);

describe('formats', () => {
  it.each<[string, string[][]]>([
    [
      'asff',
      [
        [
          'AWS Security Hub',
          'S3.5 | medium | arn:aws:s3:::shop | (Suppressed in AWS Security Hub)',
          'CVE-2024-1234 | high | npm:lodash@4.17.20 in app/package-lock.json: in i-0123456789abcdef0',
          'incomplete: checks without a result: 1',
        ],
      ],
    ],
    [
      'inspector',
      [
        [
          'Amazon Inspector',
          'CVE-2024-1234 | high | deb:openssl@3.0.1 in arn:aws:ecr:eu-central-1:111122223333:repository/shop/sha256:ab',
          'NETWORK_REACHABILITY | medium | i-0123456789abcdef0',
        ],
      ],
    ],
    [
      'prowler-ocsf',
      [
        [
          'Prowler / 111122223333',
          's3_bucket_secure_transport_policy | medium | arn:aws:s3:::shop',
        ],
        ['Prowler / 444455556666'],
      ],
    ],
    [
      'dependabot',
      [
        [
          'Dependabot',
          'GHSA-34jh-p97f-mpxf | medium | pypi:urllib3@undefined in requirements.txt: | (Dismissed in Dependabot: tolerable_risk: Only the build uses it)',
        ],
      ],
    ],
    [
      'trivy-k8s',
      [
        [
          'Trivy Kubernetes / prod',
          'CVE-2024-1234 | high | deb:openssl@3.0.1 in shop/Deployment/web',
          'KSV001 | medium | shop/Deployment/web',
          'incomplete: resources that could not be scanned: 1',
        ],
      ],
    ],
    [
      'trivy-operator',
      [
        [
          'Trivy Operator / VulnerabilityReport',
          'CVE-2024-1234 | high | deb:openssl@3.0.1 in shop/ReplicaSet/web-1/web',
        ],
        [
          'Trivy Operator Checks / ConfigAuditReport',
          'KSV012 | medium | shop/replicaset-web-1',
        ],
        [
          'Trivy Operator Secrets / ExposedSecretReport',
          'aws-access-key-id | critical | shop/replicaset-web-1-web',
        ],
      ],
    ],
    [
      'kube-bench',
      [
        [
          'kube-bench',
          'cis-1.8 4.1.1 | medium | node',
          'cis-1.8 4.1.2 | info | node',
        ],
      ],
    ],
    [
      'trufflehog',
      [
        [
          'TruffleHog',
          'AWS | critical | keys:4 in https://github.com/acme/shop',
          'URI | medium | src/.env:2',
        ],
      ],
    ],
    [
      'pip-audit',
      [
        [
          'pip-audit',
          'PYSEC-2024-1 | medium | pypi:jinja2@3.1.2',
          'incomplete: dependencies that could not be checked: 1',
        ],
      ],
    ],
    [
      'pnpm-audit',
      [
        [
          'pnpm audit',
          'GHSA-35jh-r3h4-6jhm | high | npm:lodash@4.17.20 | npm:lodash@4.17.19',
        ],
      ],
    ],
    [
      'yarn-audit',
      [['Yarn audit', 'GHSA-35jh-r3h4-6jhm | high | npm:lodash@4.17.20']],
    ],
    [
      'gitlab',
      [
        [
          'GitLab Trivy / container_scanning',
          'CVE-2024-1234 | high | deb:openssl@3.0.1 in registry.example.com/shop:1',
          'AWS | medium | src/.env:3 | (Likely a false positive according to GitLab)',
        ],
      ],
    ],
    [
      'osv-scanner',
      [
        [
          'OSV-Scanner',
          // They share an id, so they become one finding when stored.
          'GHSA-c3h9-896r-86jm | high | golang:github.com/gogo/protobuf@1.3.1 in home/ci/shop/go.mod:',
          'GO-2021-0053 | high | golang:github.com/gogo/protobuf@1.3.1 in home/ci/shop/go.mod:',
        ],
      ],
    ],
    [
      'grype',
      [
        [
          'Grype / shop:1',
          'GHSA-35jh-r3h4-6jhm | high | npm:lodash@4.17.20 in shop:1: /app/package-lock.json',
          'CVE-2020-1 | low | deb:tar@1 in shop:1 | (Ignored in Grype: not reachable)',
        ],
      ],
    ],
    [
      'semgrep',
      [
        [
          'Semgrep',
          'javascript.lang.security.audit.eval-detected | medium | src/app.js:10 | src/app.js:20',
          'incomplete: errors of the scan, which may have missed results: 1',
        ],
      ],
    ],
  ])('reads %s', (id, expected) => {
    expect(summarise(id, formatSamples[id])).toEqual(expected);
  });

  it('reads ids, scores and fixes of advisories', () => {
    const [{ findings }] = importer('pnpm-audit').parse(
      formatSamples['pnpm-audit'],
    );
    expect(findings[0]).toMatchObject({
      cves: ['CVE-2021-23337'],
      cwes: ['CWE-77', 'CWE-94'],
      aliases: ['GHSA-35jh-r3h4-6jhm'],
      cvssScore: 7.2,
      occurrences: [{ package: { fixedVersion: '4.17.21' } }, {}],
    });
  });

  it('assigns one key to a vulnerability that several formats report', () => {
    const keysOf = (id: string) =>
      parse(id, formatSamples[id])[0].findings[0].keys.advisory;
    const shared = keysOf('pnpm-audit').filter(key =>
      keysOf('grype').includes(key),
    );
    expect(shared).not.toHaveLength(0);
    expect(keysOf('yarn-audit').some(key => shared.includes(key))).toBe(true);
    expect(keysOf('trivy-k8s')).toEqual(keysOf('trivy-operator'));
    expect(keysOf('trivy-k8s')).toEqual(keysOf('inspector'));
  });

  it('reads the output of Yarn 4 and Yarn 3', () => {
    const line = {
      value: 'lodash',
      children: {
        ID: 1106913,
        Issue: 'Command Injection in lodash',
        URL: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm',
        Severity: 'high',
        'Vulnerable Versions': '<4.17.21',
        'Tree Versions': ['4.17.20'],
        Dependents: ['shop@workspace:.'],
      },
    };
    const old = {
      value: 'tar',
      children: { ID: 'tar (deprecation)', Issue: 'Old', 'Tree Versions': [] },
    };
    const read = [
      'Yarn audit',
      'GHSA-35jh-r3h4-6jhm | high | npm:lodash@4.17.20',
    ];
    expect(summarise('yarn-audit', [line, old])).toEqual([read]);
    expect(summarise('yarn-audit', formatSamples['pnpm-audit'])).toEqual([
      [read[0], `${read[1]} | npm:lodash@4.17.19`],
    ]);
  });

  it('reads a line-based format as lines, as a list, and as one document', () => {
    const lines = formatSamples.trufflehog as object[];
    const text = lines.map(line => JSON.stringify(line)).join('\n');
    const whole = parse('trufflehog', lines);
    expect(upload('trufflehog', `${text}\r\n\n`)).toEqual({ scans: whole });
    expect(
      upload('trufflehog', JSON.stringify(lines[1], undefined, 2)),
    ).toMatchObject({ scans: [{ findings: [{ ruleId: 'AWS' }] }] });
    expect(upload('trufflehog', `${text}\nnot JSON`)).toEqual({
      refused: expect.stringMatching(/^The file is not JSON: line 4: /),
    });
    expect(upload('sarif', text)).toEqual({
      refused: expect.stringMatching(/^The file is not JSON: /),
    });
  });

  it.each(['trufflehog', 'gitlab', 'trivy-operator'])(
    'never reads the secret of %s',
    id => {
      expect(JSON.stringify(formatSamples[id])).toContain('top-secret-value');
      expect(
        JSON.stringify(importer(id).parse(formatSamples[id])),
      ).not.toContain('top-secret-value');
    },
  );

  it('distinguishes Semgrep results whose fingerprint requires a login', () => {
    const [{ findings }] = importer('semgrep').parse(formatSamples.semgrep);
    expect(findings.map(f => f.occurrences[0].fingerprint)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('keeps a vulnerability for which AWS names no package', () => {
    const details = {
      vulnerabilityId: 'CVE-2026-1001',
      vulnerablePackages: [],
    };
    const inspector = {
      findings: [
        {
          type: 'PACKAGE_VULNERABILITY',
          title: 'CVE-2026-1001',
          severity: 'HIGH',
          status: 'ACTIVE',
          packageVulnerabilityDetails: details,
          resources: [{ id: 'i-1' }, { id: 'i-2' }],
        },
      ],
    };
    expect(summarise('inspector', inspector)).toEqual([
      ['Amazon Inspector', 'CVE-2026-1001 | high | i-1 | i-2'],
    ]);
    const asff = [
      {
        GeneratorId: 'AWSInspector',
        Title: 'CVE-2026-1001',
        Severity: { Label: 'HIGH' },
        Resources: [{ Id: 'i-1' }],
        Vulnerabilities: [
          { Id: 'CVE-2026-1001', VulnerablePackages: [] },
          { Id: 'CVE-2026-1002' },
        ],
      },
    ];
    expect(summarise('asff', asff)).toEqual([
      [
        'AWS Security Hub',
        'CVE-2026-1001 | high | i-1',
        'CVE-2026-1002 | high | i-1',
      ],
    ]);
    const [{ findings }] = parse('asff', asff);
    expect(findings.map(({ cves }) => cves)).toEqual([
      ['CVE-2026-1001'],
      ['CVE-2026-1002'],
    ]);
  });

  it('keeps a check on two resources as two findings', () => {
    const {
      Findings: [check],
    } = formatSamples.asff as { Findings: object[] };
    const other = { ...check, Resources: [{ Id: 'arn:aws:s3:::other' }] };
    const [{ findings }] = parse('asff', [check, other]);
    expect(findings.map(f => f.occurrences[0].target)).toEqual([
      'arn:aws:s3:::shop',
      'arn:aws:s3:::other',
    ]);
  });
});

describe('files without results', () => {
  it.each<[string, unknown, RegExp]>([
    ['asff', {}, /^Findings must be a list/],
    [
      'asff',
      { Findings: [], NextToken: 'x' },
      /^NextToken indicates that more/,
    ],
    ['asff', [{ Title: 'x' }], /^\[0\] must have GeneratorId and Title/],
    [
      'inspector',
      { findings: [], nextToken: 'x' },
      /^nextToken indicates that more/,
    ],
    ['prowler-ocsf', [], /^The document contains no checks/],
    ['prowler-ocsf', [{}], /^\[0\] must be an OCSF detection finding/],
    [
      'dependabot',
      { message: 'Not Found' },
      /^GitHub rejected the request: Not Found/,
    ],
    ['dependabot', [{ number: 1 }], /^\[0\] must have security_advisory/],
    ['trivy-k8s', {}, /^ClusterName is missing/],
    ['trivy-operator', { items: [] }, /^items is empty/],
    ['trivy-operator', { kind: 'Pod' }, /must have a report and one of/],
    ['kube-bench', { Controls: [] }, /^Controls must be a list/],
    ['kube-bench', [{}], /^\[0\]\.tests must be a list/],
    ['trufflehog', [{}], /^\[0\] must have DetectorName/],
    ['pip-audit', {}, /^dependencies must be a list/],
    ['pnpm-audit', { error: { message: 'no lockfile' } }, /no lockfile/],
    ['yarn-audit', [{ type: 'info' }], /auditSummary is missing/],
    ['yarn-audit', [{ type: 'error', data: 'offline' }], /failed: offline/],
    ['gitlab', { scan: { type: 'dast' } }, /^scan\.type must be one of sast/],
    [
      'gitlab',
      { scan: { type: 'sast', status: 'failure' }, vulnerabilities: [] },
      /^scan\.status is failure/,
    ],
    ['osv-scanner', { results: null }, /^results must be a list/],
    ['grype', {}, /^matches must be a list/],
    ['semgrep', { results: [] }, /^results and errors must be lists/],
  ])('are rejected for %s: the document %j', (id, document, refused) => {
    expect(upload(id, JSON.stringify(document))).toEqual({
      refused: expect.stringMatching(refused),
    });
  });
});

describe('a document in another format', () => {
  const ids = Object.keys(formatSamples);

  it.each(ids)('is recognised as %s', id => {
    expect(nameFormat(formatSamples[id])?.importerId).toBe(
      // The first line is a log line and carries no information.
      id === 'trufflehog' ? undefined : id,
    );
  });

  it.each(ids.filter(id => id !== 'sarif'))(
    'is reported with its importer: %s',
    id => {
      const [document] =
        id === 'trufflehog'
          ? [(formatSamples[id] as object[]).slice(1)]
          : [formatSamples[id]];
      for (const other of builtInImporters) {
        const reads =
          other.id === id || (id === 'pnpm-audit' && other.id === 'yarn-audit');
        if (reads) {
          expect(hintAtOtherFormat(document, other.id)).toBeUndefined();
        } else {
          expect(upload(other.id, JSON.stringify(document))).toEqual({
            refused: expect.stringMatching(
              new RegExp(`This is .*: upload it to /scans/${id}$`),
            ),
          });
        }
      }
    },
  );

  it('does not count as "all fixed" if it is an empty result of another tool', () => {
    const empty = { results: [], errors: [], paths: { scanned: [] } };
    expect(upload('osv-scanner', JSON.stringify(empty))).toEqual({
      refused: 'This is the output of Semgrep: upload it to /scans/semgrep',
    });
  });

  it('is rejected with advice if it is a list of packages', () => {
    expect(upload('grype', '{"spdxVersion":"SPDX-2.3"}')).toEqual({
      refused: expect.stringMatching(/This is an SPDX document: it lists/),
    });
  });

  it('is left to the importers of modules if they read it', () => {
    expect(hintAtOtherFormat(formatSamples.grype, 'acme')).toBeUndefined();
  });
});

describe('any change of a file', () => {
  it.each(Object.keys(formatSamples))(
    'results in findings or a named error for %s',
    id => {
      const paths = pathsOf(formatSamples[id]);
      fc.assert(
        fc.property(
          fc.constantFrom(...paths),
          fc.jsonValue({ maxDepth: 2 }),
          (path, value) => {
            const document = structuredClone(formatSamples[id]);
            setAt(document, path, value);
            try {
              const scans = importer(id).parse(document);
              for (const finding of scans.flatMap(s => withKeys(s).findings)) {
                expect(finding.title).not.toBe('');
                expect(finding.keys.own.length).toBeGreaterThan(0);
              }
            } catch (error) {
              expect((error as Error).name).toBe('ScanFormatError');
            }
            nameFormat(document);
          },
        ),
        { numRuns: 200 },
      );
    },
  );
});

type Path = Array<string | number>;

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
  const last = path[path.length - 1];
  const place = path
    .slice(0, -1)
    .reduce(
      (inner, key) => (inner as Record<string | number, unknown>)[key],
      document,
    );
  (place as Record<string | number, unknown>)[last] = value;
}
