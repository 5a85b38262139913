import type { Finding, Severity } from '@cloudtrace/plugin-cloudtrace-common';

const levels: Record<Severity, string> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'none',
};
/** For findings without a CVSS score: the lowest score of their severity. */
const scores: Record<Severity, string> = {
  critical: '9.0',
  high: '7.0',
  medium: '4.0',
  low: '0.1',
  info: '0.0',
};

/** Findings as SARIF 2.1.0. */
export function writeSarif(
  findings: ReadonlyArray<Finding & { description?: string }>,
): string {
  const ruleIds = [...new Set(findings.map(({ ruleId }) => ruleId))];
  const indexes = new Map(ruleIds.map((id, i) => [id, i]));
  return JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'CloudTrace', rules: ruleIds.map(id => ({ id })) },
        },
        results: findings.map(finding => ({
          ruleId: finding.ruleId,
          ruleIndex: indexes.get(finding.ruleId),
          level: levels[finding.severity],
          message: { text: finding.description ?? finding.title },
          locations: finding.location ? [toLocation(finding.location)] : [],
          fingerprints: { 'cloudtraceFindingId/v1': finding.findingId },
          suppressions: finding.triage
            ? [
                {
                  kind: 'external',
                  status: 'accepted',
                  justification: finding.triage.reason,
                },
              ]
            : [],
          properties: {
            'security-severity': String(
              finding.cvssScore ?? scores[finding.severity],
            ),
            tags: [...finding.cves, ...finding.cwes].slice(0, 20),
            state: finding.state,
            tools: finding.tools,
            package: finding.package,
          },
        })),
      },
    ],
  });
}

function toLocation({
  path,
  ...region
}: NonNullable<Finding['location']>): object {
  return {
    physicalLocation: {
      artifactLocation: {
        uri: path.split('/').map(encodeURIComponent).join('/'),
      },
      ...(region.startLine && { region }),
    },
  };
}
