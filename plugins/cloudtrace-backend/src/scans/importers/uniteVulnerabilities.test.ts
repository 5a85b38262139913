import type { NormalizedFinding } from '@cloudtrace/plugin-cloudtrace-node';
import { uniteVulnerabilities } from './uniteVulnerabilities';

const finding = (
  occurrences: NormalizedFinding['occurrences'],
  more: Partial<NormalizedFinding> = {},
): NormalizedFinding => ({
  ruleId: 'CVE-1',
  title: 't',
  severity: 'high',
  cves: [],
  cwes: [],
  links: [],
  occurrences,
  ...more,
});

describe('uniteVulnerabilities', () => {
  it('keeps each occurrence of a vulnerability once', () => {
    const of = (version: string) => [{ package: { name: 'a', version } }];
    expect(
      uniteVulnerabilities(
        ['1', '2', '1'].map(version => finding(of(version))),
      ),
    ).toEqual([finding([...of('1'), ...of('2')])]);
  });

  it('counts a vulnerability as suppressed only if every path is', () => {
    const occurrences = [{ package: { name: 'a' } }];
    const suppression = { kind: 'external' as const, reason: 'ignored' };
    const ignored = finding(occurrences, { suppression });
    expect(uniteVulnerabilities([ignored, ignored])).toEqual([ignored]);
    expect(uniteVulnerabilities([ignored, finding(occurrences)])).toEqual([
      finding(occurrences),
    ]);
  });

  it('keeps packages, advisories and code locations apart', () => {
    const findings = [
      finding([{ package: { name: 'a' } }]),
      finding([{ package: { name: 'b' } }]),
      finding([{ package: { name: 'a' } }], { ruleId: 'CVE-2' }),
      finding([{ location: { path: 'a.js' } }]),
      finding([{ location: { path: 'a.js' } }]),
      finding([]),
    ];
    expect(uniteVulnerabilities(findings)).toEqual(findings);
  });
});
