/* Invented results in the format of each tool's output. */

/** `trivy image --format json` */
export const trivySample = {
  SchemaVersion: 2,
  CreatedAt: '2025-11-01T10:00:00.123456789Z',
  ArtifactName: 'registry.example/shop:1.0',
  ArtifactType: 'container_image',
  Trivy: { Version: '0.58.0' },
  Results: [
    {
      Target: 'package-lock.json',
      Class: 'lang-pkgs',
      Type: 'npm',
      Vulnerabilities: [
        {
          VulnerabilityID: 'CVE-2021-44906',
          VendorIDs: ['GHSA-xvch-5gv4-984h'],
          PkgID: 'minimist@1.2.0',
          PkgName: 'minimist',
          InstalledVersion: '1.2.0',
          FixedVersion: '1.2.6',
          Severity: 'CRITICAL',
          Title: 'minimist: prototype pollution',
          Description: 'Prototype pollution in minimist.',
          PrimaryURL: 'https://avd.aquasec.com/nvd/cve-2021-44906',
          CweIDs: ['CWE-1321'],
          CVSS: {
            ghsa: { V3Score: 9.1 },
            nvd: {
              V3Vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
              V3Score: 9.8,
            },
          },
        },
      ],
    },
    {
      Target: 'Dockerfile',
      Class: 'config',
      Type: 'dockerfile',
      Misconfigurations: [
        {
          ID: 'DS002',
          AVDID: 'AVD-DS-0002',
          Title: 'Image user should not be root',
          Message: 'Specify at least 1 USER command in Dockerfile',
          Resolution: "Add 'USER <non root user name>' line",
          Severity: 'HIGH',
          Status: 'FAIL',
          CauseMetadata: { StartLine: 1, EndLine: 1 },
        },
        { ID: 'DS001', Title: 'Passed', Severity: 'LOW', Status: 'PASS' },
      ],
    },
    {
      Target: 'app/.env',
      Class: 'secret',
      Secrets: [
        {
          RuleID: 'aws-access-key-id',
          Title: 'AWS Access Key ID',
          Severity: 'CRITICAL',
          StartLine: 3,
          Match: 'KEY=very-secret-value',
        },
      ],
    },
  ],
};

/** `npm audit --json` */
export const npmAuditSample = {
  auditReportVersion: 2,
  vulnerabilities: {
    minimist: {
      name: 'minimist',
      severity: 'critical',
      isDirect: true,
      via: [
        {
          source: 1097678,
          name: 'minimist',
          dependency: 'minimist',
          title: 'Prototype Pollution in minimist',
          url: 'https://github.com/advisories/GHSA-xvch-5gv4-984h',
          severity: 'critical',
          cwe: ['CWE-1321'],
          cvss: {
            score: 9.8,
            vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
          },
          range: '>=1.0.0 <1.2.6',
        },
      ],
      effects: ['mkdirp'],
      range: '1.0.0 - 1.2.5',
      nodes: ['node_modules/minimist'],
      fixAvailable: true,
    },
    mkdirp: {
      name: 'mkdirp',
      severity: 'critical',
      isDirect: true,
      via: ['minimist'],
      effects: [],
      range: '0.4.1 - 0.5.1',
      nodes: ['node_modules/mkdirp'],
      fixAvailable: true,
    },
  },
  metadata: { vulnerabilities: { critical: 2, total: 2 } },
};

/** `snyk test --json` */
export const snykSample = {
  ok: false,
  packageManager: 'npm',
  projectName: 'shop',
  displayTargetFile: 'package-lock.json',
  vulnerabilities: ['shop@1.0.0', 'shop@1.0.0'].map((root, i) => ({
    id: 'SNYK-JS-MINIMIST-2429795',
    title: 'Prototype Pollution',
    packageName: 'minimist',
    version: '1.2.0',
    packageManager: 'npm',
    severity: 'high',
    cvssScore: 7.3,
    CVSSv3: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L',
    identifiers: {
      CVE: ['CVE-2021-44906'],
      CWE: ['CWE-1321'],
      GHSA: ['GHSA-xvch-5gv4-984h'],
    },
    fixedIn: ['0.2.4', '1.2.6'],
    from: [root, ...(i ? ['mkdirp@0.5.1'] : []), 'minimist@1.2.0'],
    upgradePath: [false, 'minimist@1.2.6'],
  })),
};

/** `snyk iac test --json` */
export const snykIacSample = [
  {
    infrastructureAsCodeIssues: [
      {
        id: 'SNYK-CC-TF-124',
        publicId: 'SNYK-CC-TF-124',
        title: 'Public bucket',
        severity: 'medium',
        lineNumber: 7,
        path: ['resource', 'aws_s3_bucket[demo]', 'acl'],
        iacDescription: {
          issue: 'The bucket can be read by all',
          impact: 'Data can leak',
          resolve: 'Set acl to private',
        },
        documentation: 'https://security.snyk.io/rules/cloud/SNYK-CC-TF-124',
      },
    ],
    targetFile: 'main.tf',
    projectName: 'infra',
  },
];

/** CycloneDX VEX */
export const vexSample = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: { component: { 'bom-ref': 'shop', name: 'shop' } },
  vulnerabilities: [
    {
      id: 'CVE-2021-44906',
      source: {
        name: 'NVD',
        url: 'https://nvd.nist.gov/vuln/detail/CVE-2021-44906',
      },
      ratings: [{ score: 9.8, severity: 'critical', method: 'CVSSv31' }],
      cwes: [1321],
      analysis: {
        state: 'not_affected',
        justification: 'code_not_reachable',
        detail: 'Only the build uses it.',
      },
      affects: [{ ref: 'pkg:npm/minimist@1.2.0' }],
    },
    {
      id: 'CVE-2020-8203',
      analysis: { state: 'resolved' },
      affects: [{ ref: 'pkg:npm/lodash@4.17.15' }],
    },
  ],
};

/** A SARIF file with one result per message. */
export function sarif(
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

/** The responses of SonarQube's `api/issues/search` and `api/hotspots/search`, combined. */
export const sonarqubeSample = {
  paging: { pageIndex: 1, pageSize: 500, total: 2 },
  issues: [
    {
      key: 'AX1',
      rule: 'javascript:S5131',
      severity: 'CRITICAL',
      component: 'shop:src/app.js',
      project: 'shop',
      hash: 'a1b2',
      textRange: { startLine: 7, endLine: 8, startOffset: 1, endOffset: 2 },
      status: 'OPEN',
      message: 'Do not reflect input',
      tags: ['cwe-79'],
      type: 'VULNERABILITY',
      impacts: [{ softwareQuality: 'SECURITY', severity: 'HIGH' }],
    },
  ],
  hotspots: [
    {
      component: 'shop:src/db.js',
      project: 'shop',
      ruleKey: 'javascript:S2077',
      securityCategory: 'sql-injection',
      vulnerabilityProbability: 'HIGH',
      status: 'TO_REVIEW',
      line: 3,
      message: 'Check this query',
    },
  ],
};
