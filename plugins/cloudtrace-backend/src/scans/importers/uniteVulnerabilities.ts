import type { NormalizedFinding } from '@cloudtrace/plugin-cloudtrace-node';

/**
 * Merges results of the same vulnerability and package into one finding with
 * every distinct occurrence, regardless of the number of dependency paths. This
 * runs first, because limits count vulnerabilities.
 */
export function uniteVulnerabilities(
  findings: readonly NormalizedFinding[],
): NormalizedFinding[] {
  const united = new Map<string | number, NormalizedFinding>();
  const seen = new Set<string>();
  findings.forEach((finding, i) => {
    const key = keyOf(finding) ?? i;
    const known = united.get(key);
    const occurrences = finding.occurrences.filter(occurrence => {
      const place = JSON.stringify([key, occurrence]);
      return !seen.has(place) && seen.add(place);
    });
    if (!known) {
      united.set(key, { ...finding, occurrences });
      return;
    }
    known.occurrences.push(...occurrences);
    // One path without suppression is enough to be a problem.
    if (!finding.suppression) delete known.suppression;
  });
  return [...united.values()];
}

/** Places in code differ by more than this. */
function keyOf({ ruleId, occurrences }: NormalizedFinding): string | undefined {
  const pkg = occurrences[0]?.package;
  return pkg && JSON.stringify([ruleId, pkg.ecosystem, pkg.name]);
}
