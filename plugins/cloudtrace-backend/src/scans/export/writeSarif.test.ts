import type { Severity } from '@cloudtrace/plugin-cloudtrace-common';
import { withKeys } from '../identity/withKeys';
import { sarifImporter } from '../importers/sarif';
import { decodeScan } from '../worker/decodeScan';
import { writeSarif, type ExportedFinding } from './writeSarif';

const severities: Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

/** Findings of each severity, in code and in packages. */
function findings(count: number): ExportedFinding[] {
  return Array.from({ length: count }, (_, i) => {
    const place =
      i % 2
        ? {
            package: {
              name: `@scope/p${i}`,
              version: '1.0.0',
              ecosystem: 'npm',
              fixedVersion: '1.0.1',
            },
          }
        : { location: { path: `src/[a b]#${i}.js`, startLine: i + 1 } };
    return {
      findingId: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
      state: 'open',
      severity: severities[i % 5],
      // The tool's own severity may differ from the score.
      cvssScore: i % 3 ? 9.8 : undefined,
      title: `[rule] {0} {{x}} problem ${i}`,
      description: 'Why it is one. '.repeat(20),
      ruleId: `rule-${i % 100}`,
      tools: ['demo'],
      cves: i % 2 ? [`CVE-2025-${10_000 + i}`] : [],
      cwes: ['CWE-79'],
      ...place,
      occurrences: [place],
      firstSeenAt: '2026-01-01T00:00:00.000Z',
      lastSeenAt: '2026-01-01T00:00:00.000Z',
      isNew: false,
    };
  });
}

const importFile = (body: string) =>
  sarifImporter.parse(decodeScan(Buffer.from(body), { gzip: false }));

describe('writeSarif', () => {
  it('writes files that the import accepts completely, whatever the number of findings', () => {
    const exported = findings(26_366);
    const scans = importFile(writeSarif(exported));
    expect(scans.flatMap(scan => scan.cuts)).toEqual([]);
    const imported = scans.flatMap(scan => withKeys(scan).findings);
    expect(
      imported.map(f => ({
        ruleId: f.ruleId,
        title: f.title,
        severity: f.severity,
        cves: f.cves,
        cwes: f.cwes,
        path: f.location?.path,
        line: f.location?.startLine,
        package: f.package,
      })),
    ).toEqual(
      exported.map(f => ({
        ruleId: f.ruleId,
        title: f.title,
        severity: f.severity,
        cves: f.cves,
        cwes: f.cwes,
        path: f.location?.path,
        line: f.location?.startLine,
        package: f.package,
      })),
    );
  });

  it('writes an export of the maximum size', () => {
    const exported = findings(50_000).map(finding => ({
      ...finding,
      description: 'ö'.repeat(8_000),
    }));
    const scans = importFile(writeSarif(exported));
    expect(scans.flatMap(scan => scan.findings)).toHaveLength(50_000);
  });

  it('writes every location of a finding, each once', () => {
    const [finding] = findings(1);
    const at = (path: string, startLine: number) => ({
      location: { path, startLine },
    });
    const [scan] = importFile(
      writeSarif([
        {
          ...finding,
          occurrences: [
            at('a.js', 3),
            at('b.js', 4),
            { ...at('b.js', 4), target: 'image' },
            { target: 'image' },
          ],
        },
      ]),
    );
    expect(scan.findings).toMatchObject([
      { occurrences: [at('a.js', 3), at('b.js', 4)] },
    ]);
  });

  it('leaves space for locations in a file with many of them', () => {
    const exported = findings(5_000).map(finding => ({
      ...finding,
      description: 'ö'.repeat(8_000),
      occurrences: Array.from({ length: 20 }, (_, i) => ({
        location: { path: `src/${i}.js`, startLine: i + 1 },
      })),
    }));
    const scans = importFile(writeSarif(exported));
    expect(
      scans.flatMap(scan => scan.findings.flatMap(f => f.occurrences)),
    ).toHaveLength(100_000);
  });

  it('includes triage decisions, and does not reopen fixed findings', () => {
    const [fixed, wrong] = findings(2);
    const triage = {
      state: 'false-positive' as const,
      reason: 'tests only',
      decidedBy: 'user:default/ann',
      decidedAt: '2026-01-01T00:00:00.000Z',
    };
    const [scan] = importFile(
      writeSarif([
        { ...fixed, state: 'fixed' },
        { ...wrong, state: 'false-positive', triage },
      ]),
    );
    expect(scan.findings).toMatchObject([
      { title: wrong.title, suppression: { reason: 'tests only' } },
    ]);
  });

  it('writes an empty list as a run without results', () => {
    expect(importFile(writeSarif([]))).toMatchObject([{ findings: [] }]);
  });
});
