/** Small documents in each format, following their public schemas. */
export const formatSamples: Record<string, unknown> = {
  asff: {
    Findings: [
      {
        SchemaVersion: '2018-10-08',
        Id: 'arn:aws:securityhub:eu-central-1:111122223333:subscription/f/1',
        ProductArn: 'arn:aws:securityhub:eu-central-1::product/aws/securityhub',
        GeneratorId: 'security-control/S3.5',
        AwsAccountId: '111122223333',
        Types: ['Software and Configuration Checks'],
        Severity: { Label: 'MEDIUM', Normalized: 40, Original: 'MEDIUM' },
        Title: 'S3 buckets should require requests to use SSL',
        Description: 'This control checks the bucket policy.',
        Remediation: {
          Recommendation: {
            Text: 'See the documentation.',
            Url: 'https://docs.aws.amazon.com/console/securityhub/S3.5/remediation',
          },
        },
        Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::shop' }],
        Compliance: { Status: 'FAILED', SecurityControlId: 'S3.5' },
        Workflow: { Status: 'SUPPRESSED' },
        RecordState: 'ACTIVE',
      },
      {
        GeneratorId: 'security-control/S3.6',
        Title: 'Passes',
        Compliance: { Status: 'PASSED' },
        RecordState: 'ACTIVE',
      },
      {
        GeneratorId: 'security-control/S3.7',
        Title: 'Could not be checked',
        Compliance: { Status: 'NOT_AVAILABLE' },
        RecordState: 'ACTIVE',
      },
      {
        GeneratorId: 'AWSInspector',
        ProductArn: 'arn:aws:securityhub:eu-central-1::product/aws/inspector',
        Title: 'CVE-2024-1234 - openssl',
        Severity: { Label: 'HIGH' },
        Resources: [{ Type: 'AwsEc2Instance', Id: 'i-0123456789abcdef0' }],
        RecordState: 'ACTIVE',
        Workflow: { Status: 'NEW' },
        Vulnerabilities: [
          {
            Id: 'CVE-2024-1234',
            VulnerablePackages: [
              {
                Name: 'lodash',
                Version: '4.17.20',
                PackageManager: 'NPM',
                FilePath: 'app/package-lock.json',
                FixedInVersion: '4.17.21',
              },
            ],
            Cvss: [
              { Version: '3.1', BaseScore: 7.5, BaseVector: 'CVSS:3.1/AV:N' },
            ],
          },
        ],
      },
    ],
  },
  inspector: {
    findings: [
      {
        findingArn: 'arn:aws:inspector2:eu-central-1:111122223333:finding/1',
        awsAccountId: '111122223333',
        type: 'PACKAGE_VULNERABILITY',
        title: 'CVE-2024-1234 - openssl',
        description: 'A flaw in openssl.',
        severity: 'HIGH',
        status: 'ACTIVE',
        inspectorScore: 7.5,
        packageVulnerabilityDetails: {
          vulnerabilityId: 'CVE-2024-1234',
          sourceUrl:
            'https://security-tracker.debian.org/tracker/CVE-2024-1234',
          vulnerablePackages: [
            {
              name: 'openssl',
              version: '3.0.1',
              packageManager: 'OS',
              fixedInVersion: '3.0.2',
            },
          ],
        },
        resources: [
          {
            type: 'AWS_ECR_CONTAINER_IMAGE',
            id: 'arn:aws:ecr:eu-central-1:111122223333:repository/shop/sha256:ab',
            details: { awsEcrContainerImage: { platform: 'DEBIAN_12' } },
          },
        ],
      },
      {
        findingArn: 'arn:aws:inspector2:eu-central-1:111122223333:finding/2',
        type: 'NETWORK_REACHABILITY',
        title: 'Port 22 is reachable from an Internet Gateway',
        severity: 'MEDIUM',
        status: 'ACTIVE',
        networkReachabilityDetails: {
          openPortRange: { begin: 22, end: 22 },
          protocol: 'TCP',
        },
        resources: [{ type: 'AWS_EC2_INSTANCE', id: 'i-0123456789abcdef0' }],
      },
      { type: 'NETWORK_REACHABILITY', status: 'CLOSED' },
    ],
  },
  'prowler-ocsf': [
    {
      class_uid: 2004,
      metadata: {
        event_code: 's3_bucket_secure_transport_policy',
        product: { name: 'Prowler', version: '5.3.0' },
      },
      severity: 'Medium',
      status: 'New',
      status_code: 'FAIL',
      status_detail: 'S3 Bucket shop allows requests over insecure transport.',
      finding_info: { title: 'Check secure transport', uid: 'prowler-1' },
      resources: [{ uid: 'arn:aws:s3:::shop', region: 'eu-central-1' }],
      cloud: { provider: 'aws', account: { uid: '111122223333' } },
      remediation: {
        desc: 'Deny requests without TLS.',
        references: [
          'aws s3api put-bucket-policy',
          'https://hub.prowler.com/x',
        ],
      },
      time: 1777629600,
    },
    {
      class_uid: 2004,
      metadata: { event_code: 'iam_root', product: { version: '5.3.0' } },
      status_code: 'MANUAL',
      cloud: { account: { uid: '111122223333' } },
    },
    {
      class_uid: 2004,
      metadata: { event_code: 'iam_root', product: { version: '5.3.0' } },
      status_code: 'PASS',
      cloud: { account: { uid: '444455556666' } },
    },
  ],
  dependabot: [
    {
      number: 7,
      state: 'dismissed',
      dismissed_reason: 'tolerable_risk',
      dismissed_comment: 'Only the build uses it',
      dependency: {
        package: { ecosystem: 'pip', name: 'urllib3' },
        manifest_path: 'requirements.txt',
      },
      security_advisory: {
        ghsa_id: 'GHSA-34jh-p97f-mpxf',
        cve_id: 'CVE-2024-37891',
        summary: 'Proxy-Authorization is not stripped',
        severity: 'medium',
        cvss: { score: 4.4, vector_string: 'CVSS:3.1/AV:N' },
        cwes: [{ cwe_id: 'CWE-669', name: 'Incorrect Resource Transfer' }],
      },
      security_vulnerability: {
        severity: 'medium',
        first_patched_version: { identifier: '2.2.2' },
      },
      html_url: 'https://github.com/acme/shop/security/dependabot/7',
    },
    { number: 6, state: 'fixed' },
  ],
  'trivy-k8s': {
    ClusterName: 'prod',
    Resources: [
      {
        Namespace: 'shop',
        Kind: 'Deployment',
        Name: 'web',
        Results: [
          {
            Target: 'shop/web:1 (debian 12.1)',
            Class: 'os-pkgs',
            Type: 'debian',
            Vulnerabilities: [
              {
                VulnerabilityID: 'CVE-2024-1234',
                PkgName: 'openssl',
                InstalledVersion: '3.0.1',
                Severity: 'HIGH',
              },
            ],
          },
          {
            Target: 'Deployment/web',
            Misconfigurations: [
              { ID: 'KSV001', Title: 'Escalation', Severity: 'MEDIUM' },
            ],
          },
        ],
      },
      { Namespace: 'shop', Kind: 'Pod', Name: 'x', Error: 'no access' },
    ],
  },
  'trivy-operator': {
    kind: 'List',
    items: [
      {
        kind: 'VulnerabilityReport',
        metadata: {
          namespace: 'shop',
          name: 'replicaset-web-1-web',
          labels: {
            'trivy-operator.resource.kind': 'ReplicaSet',
            'trivy-operator.resource.name': 'web-1',
            'trivy-operator.resource.namespace': 'shop',
            'trivy-operator.container.name': 'web',
          },
        },
        report: {
          scanner: { name: 'Trivy', version: '0.60.0' },
          os: { family: 'debian', name: '12' },
          vulnerabilities: [
            {
              vulnerabilityID: 'CVE-2024-1234',
              resource: 'openssl',
              installedVersion: '3.0.1',
              fixedVersion: '3.0.2',
              severity: 'HIGH',
              score: 7.5,
              title: 'openssl: a flaw',
              primaryLink: 'https://avd.aquasec.com/nvd/cve-2024-1234',
            },
          ],
        },
      },
      {
        kind: 'ConfigAuditReport',
        metadata: { namespace: 'shop', name: 'replicaset-web-1' },
        report: {
          scanner: { version: '0.60.0' },
          checks: [
            {
              checkID: 'KSV012',
              title: 'Runs as root user',
              severity: 'MEDIUM',
              success: false,
              messages: ['Container web should set runAsNonRoot'],
            },
            { checkID: 'KSV013', title: 'Fine', success: true },
          ],
        },
      },
      {
        kind: 'ExposedSecretReport',
        metadata: { namespace: 'shop', name: 'replicaset-web-1-web' },
        report: {
          scanner: { version: '0.60.0' },
          secrets: [
            {
              ruleID: 'aws-access-key-id',
              title: 'AWS Access Key ID',
              severity: 'CRITICAL',
              target: '/app/.env',
              match: 'top-secret-value',
            },
          ],
        },
      },
    ],
  },
  'kube-bench': {
    Controls: [
      {
        id: '4',
        version: 'cis-1.8',
        node_type: 'node',
        tests: [
          {
            section: '4.1',
            results: [
              {
                test_number: '4.1.1',
                test_desc: 'Ensure that the file permissions are 600',
                remediation: 'chmod 600 the file',
                status: 'FAIL',
                scored: true,
              },
              { test_number: '4.1.2', test_desc: 'By hand', status: 'WARN' },
              { test_number: '4.1.3', test_desc: 'Fine', status: 'PASS' },
            ],
          },
        ],
      },
    ],
  },
  trufflehog: [
    { level: 'info-0', msg: 'running source', logger: 'trufflehog' },
    {
      SourceMetadata: {
        Data: {
          Git: {
            commit: 'fbc14303ffbf8fb1c2c1914e8dda7d0121633aca',
            file: 'keys',
            repository: 'https://github.com/acme/shop',
            line: 4,
          },
        },
      },
      SourceName: 'trufflehog - git',
      DetectorType: 2,
      DetectorName: 'AWS',
      Verified: true,
      Raw: 'top-secret-value',
      Redacted: 'top-secret-value',
    },
    {
      SourceMetadata: { Data: { Filesystem: { file: 'src/.env', line: 2 } } },
      DetectorName: 'URI',
      Verified: false,
      Raw: 'top-secret-value',
    },
  ],
  'pip-audit': {
    dependencies: [
      {
        name: 'jinja2',
        version: '3.1.2',
        vulns: [
          {
            id: 'PYSEC-2024-1',
            fix_versions: ['3.1.3'],
            aliases: ['CVE-2024-22195', 'GHSA-h5c8-rqwp-cp95'],
            description: 'The xmlattr filter accepts keys with spaces.',
          },
        ],
      },
      { name: 'private', skip_reason: 'Dependency not found on PyPI' },
    ],
    fixes: [],
  },
  'pnpm-audit': {
    actions: [],
    advisories: {
      '1106913': {
        id: 1106913,
        module_name: 'lodash',
        title: 'Command Injection in lodash',
        severity: 'high',
        cves: ['CVE-2021-23337'],
        cwe: ['CWE-77', 'CWE-94'],
        github_advisory_id: 'GHSA-35jh-r3h4-6jhm',
        patched_versions: '>=4.17.21',
        vulnerable_versions: '<4.17.21',
        recommendation: 'Upgrade to version 4.17.21 or later',
        url: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm',
        cvss: { score: 7.2, vectorString: 'CVSS:3.1/AV:N' },
        findings: [
          { version: '4.17.20', paths: ['.>lodash'] },
          { version: '4.17.19', paths: ['.>a>lodash'] },
        ],
      },
    },
    muted: [],
    metadata: { vulnerabilities: { high: 1 } },
  },
  'yarn-audit': [
    ...['lodash', 'a>lodash'].map(path => ({
      type: 'auditAdvisory',
      data: {
        resolution: { id: 1106913, path },
        advisory: {
          id: 1106913,
          module_name: 'lodash',
          title: 'Command Injection in lodash',
          severity: 'high',
          cves: ['CVE-2021-23337'],
          cwe: 'CWE-77',
          github_advisory_id: 'GHSA-35jh-r3h4-6jhm',
          findings: [{ version: '4.17.20', paths: ['lodash', 'a>lodash'] }],
          url: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm',
        },
      },
    })),
    { type: 'auditSummary', data: { vulnerabilities: { high: 2 } } },
  ],
  gitlab: {
    version: '15.0.7',
    scan: {
      type: 'container_scanning',
      status: 'success',
      scanner: { id: 'trivy', name: 'Trivy', version: '0.48.0' },
      end_time: '2026-05-01T10:00:00',
    },
    vulnerabilities: [
      {
        id: 'c0ffee',
        name: 'CVE-2024-1234 in openssl',
        severity: 'High',
        solution: 'Upgrade openssl to 3.0.2',
        identifiers: [
          { type: 'cve', name: 'CVE-2024-1234', value: 'CVE-2024-1234' },
          { type: 'cwe', name: 'CWE-79', value: '79' },
        ],
        location: {
          dependency: { package: { name: 'openssl' }, version: '3.0.1' },
          operating_system: 'debian 12.1',
          image: 'registry.example.com/shop:1',
        },
      },
      {
        id: 'beef',
        category: 'secret_detection',
        name: 'AWS access token',
        severity: 'Unknown',
        raw_source_code_extract: 'top-secret-value',
        flags: [{ type: 'flagged-as-likely-false-positive' }],
        identifiers: [{ type: 'gitleaks_rule_id', name: 'x', value: 'AWS' }],
        location: { file: 'src/.env', start_line: 3, end_line: 3 },
        tracking: { items: [{ signatures: [{ value: 'a1b2c3' }] }] },
      },
    ],
  },
  'osv-scanner': {
    results: [
      {
        source: { path: '/home/ci/shop/go.mod', type: 'lockfile' },
        packages: [
          {
            package: {
              name: 'github.com/gogo/protobuf',
              version: '1.3.1',
              ecosystem: 'Go',
            },
            groups: [
              {
                ids: ['GHSA-c3h9-896r-86jm', 'GO-2021-0053'],
                max_severity: '8.6',
              },
            ],
            vulnerabilities: [
              {
                id: 'GHSA-c3h9-896r-86jm',
                aliases: ['CVE-2021-3121'],
                summary: 'Improper Input Validation in GoGo Protobuf',
                affected: [
                  {
                    package: { name: 'github.com/gogo/protobuf' },
                    ranges: [
                      {
                        type: 'SEMVER',
                        events: [{ introduced: '0' }, { fixed: '1.3.2' }],
                      },
                    ],
                  },
                ],
                database_specific: { severity: 'HIGH', cwe_ids: ['CWE-129'] },
              },
              {
                id: 'GO-2021-0053',
                aliases: ['CVE-2021-3121', 'GHSA-c3h9-896r-86jm'],
              },
            ],
          },
        ],
      },
    ],
  },
  grype: {
    matches: [
      {
        vulnerability: {
          id: 'GHSA-35jh-r3h4-6jhm',
          severity: 'High',
          dataSource: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm',
          description: 'Command Injection in lodash',
          cvss: [
            {
              version: '3.1',
              vector: 'CVSS:3.1/AV:N',
              metrics: { baseScore: 7.2 },
            },
          ],
          fix: { versions: ['4.17.21'], state: 'fixed' },
        },
        relatedVulnerabilities: [{ id: 'CVE-2021-23337' }],
        artifact: {
          name: 'lodash',
          version: '4.17.20',
          type: 'npm',
          purl: 'pkg:npm/lodash@4.17.20',
          locations: [{ path: '/app/package-lock.json' }],
        },
      },
    ],
    ignoredMatches: [
      {
        vulnerability: { id: 'CVE-2020-1', severity: 'Low' },
        artifact: { name: 'tar', version: '1', type: 'deb' },
        appliedIgnoreRules: [{ reason: 'not reachable' }],
      },
    ],
    source: { type: 'image', target: { userInput: 'shop:1' } },
    descriptor: {
      name: 'grype',
      version: '0.90.0',
      timestamp: '2026-05-01T10:00:00.123456789Z',
    },
  },
  semgrep: {
    version: '1.100.0',
    results: [10, 20].map(line => ({
      check_id: 'javascript.lang.security.audit.eval-detected',
      path: 'src/app.js',
      start: { line, col: 3 },
      end: { line, col: 12 },
      extra: {
        message: 'Detected the use of eval().',
        severity: 'WARNING',
        fingerprint: 'requires login',
        lines: 'requires login',
        is_ignored: false,
        metadata: {
          cwe: ['CWE-95: Eval Injection'],
          source: 'https://semgrep.dev/r/eval-detected',
        },
      },
    })),
    errors: [{ code: 3, level: 'error', message: 'Timeout' }],
    paths: { scanned: ['src/app.js'] },
  },
};
