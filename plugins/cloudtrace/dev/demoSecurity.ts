import type {
  Finding,
  FindingDetails,
  FindingRollupPage,
  FindingSummary,
  GetFindingRollupQuery,
  Scan,
} from '@cloudtrace/plugin-cloudtrace-common';

/* Demo data for the playground: invented, no scanner reported it. */

const uuid = (n: number) =>
  `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export function demoFindings(toMs: number): Finding[] {
  const firstSeenAt = new Date(toMs - 86_400_000).toISOString();
  const lastSeenAt = new Date(toMs - 600_000).toISOString();
  const common = {
    state: 'open' as const,
    firstSeenAt,
    lastSeenAt,
    isNew: false,
  };
  return [
    {
      ...common,
      findingId: uuid(1),
      severity: 'critical',
      cvssScore: 9.8,
      title: 'Prototype pollution in demo-parser',
      ruleId: 'DEMO-0001',
      tools: ['demo-trivy', 'demo-snyk'],
      cves: ['CVE-2025-00001'],
      cwes: ['CWE-1321'],
      package: {
        name: 'demo-parser',
        version: '1.2.0',
        ecosystem: 'npm',
        fixedVersion: '1.2.4',
      },
      isNew: true,
    },
    {
      ...common,
      findingId: uuid(2),
      severity: 'high',
      title: 'SQL built from user input',
      ruleId: 'demo/sql-injection',
      tools: ['demo-sast'],
      cves: [],
      cwes: ['CWE-89'],
      location: { path: 'src/orders/findOrders.ts', startLine: 42 },
    },
    {
      ...common,
      findingId: uuid(3),
      severity: 'medium',
      title: 'Container runs as root',
      ruleId: 'DEMO-CFG-7',
      tools: ['demo-trivy'],
      cves: [],
      cwes: [],
      location: { path: 'Dockerfile', startLine: 1 },
    },
  ];
}

export function demoFindingDetails(toMs: number, id: string): FindingDetails {
  const finding =
    demoFindings(toMs).find(item => item.findingId === id) ??
    demoFindings(toMs)[0];
  return {
    ...finding,
    description: 'Demo text.\n<b>Markup is shown as text.</b>',
    remediation: 'Update the package.',
    occurrences: [
      {
        location: finding.location,
        package: finding.package,
        tools: finding.tools,
      },
    ],
    occurrenceCount: 1,
    sources: finding.tools.map(tool => ({
      tool,
      category: 'app',
      ref: 'main',
      ruleId: finding.ruleId,
      severity: finding.severity,
      present: true,
      firstSeenAt: finding.firstSeenAt,
      lastSeenAt: finding.lastSeenAt,
      links: [{ url: 'https://example.com/advisory', title: 'Advisory' }],
    })),
    history: [
      { at: finding.firstSeenAt, kind: 'found', tool: finding.tools[0] },
    ],
  };
}

const rollupKeys = {
  entity: ['component:default/demo-service', 'demo-service'],
  owner: ['group:default/demo-team', 'demo-team'],
  system: ['system:default/demo', 'demo'],
} as const;

/** One service has the demo findings, so each grouping has one group. */
export function demoRollup(
  toMs: number,
  query: GetFindingRollupQuery,
): FindingRollupPage {
  const [key, title] = rollupKeys[query.groupBy ?? 'entity'];
  const open = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  const cve = query.cve?.toUpperCase();
  const hit = demoFindings(toMs).filter(
    ({ cves }) => !cve || cves.includes(cve),
  );
  for (const { severity } of hit) open[severity] += 1;
  const lastScanAt = new Date(toMs - 600_000).toISOString();
  return {
    items:
      hit.length > 0 ? [{ key, title, entities: 1, open, lastScanAt }] : [],
  };
}

export function demoSummary(fromMs: number, toMs: number): FindingSummary {
  const counts = (critical: number, high: number, medium: number) => ({
    critical,
    high,
    medium,
    low: 4,
    info: 2,
  });
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    asOf: new Date(toMs - 600_000).toISOString(),
    open: counts(1, 1, 1),
    acceptedCount: 2,
    falsePositiveCount: 1,
    newSinceLastScan: 1,
    fixedSinceLastScan: 3,
    trend: Array.from({ length: 24 }, (_, i) => ({
      t: new Date(fromMs + ((toMs - fromMs) * i) / 24).toISOString(),
      open: counts(i > 18 ? 1 : 0, i > 10 ? 1 : 3, i > 12 ? 1 : 2),
    })),
    qualityGates: [
      {
        tool: 'demo-sonar',
        projectKey: 'demo',
        status: 'failed',
        measures: [{ name: 'Security', value: '3', rating: 'C' }],
        asOf: new Date(toMs).toISOString(),
      },
    ],
    incompleteScans: demoScans(toMs).filter(scan => scan.incomplete),
  };
}

export function demoScans(toMs: number): Scan[] {
  return [
    {
      scanId: uuid(100),
      tool: 'demo-trivy',
      toolVersion: '0.0',
      category: 'app',
      ref: 'main',
      commit: '4f2c0000',
      format: 'trivy',
      status: 'imported',
      receivedAt: new Date(toMs - 600_000).toISOString(),
      durationMs: 41_000,
      findings: 2,
      newFindings: 1,
      fixedFindings: 3,
      reopenedFindings: 0,
      cuts: [{ limit: 'results per run', total: 26_000, kept: 25_000 }],
    },
    {
      scanId: uuid(101),
      tool: 'demo-lint',
      category: 'web',
      ref: 'main',
      format: 'sarif',
      status: 'imported',
      incomplete:
        'The scanner reported that it failed (runs[0].invocations[0].executionSuccessful)',
      receivedAt: new Date(toMs - 900_000).toISOString(),
      findings: 0,
      newFindings: 0,
      fixedFindings: 0,
      reopenedFindings: 0,
      cuts: [],
    },
  ];
}
