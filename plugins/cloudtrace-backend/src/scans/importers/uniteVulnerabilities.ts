import type { NormalizedFinding } from '@cloudtrace/plugin-cloudtrace-node';

/**
 * Makes one finding of each vulnerability of a package, with every distinct
 * occurrence, however many dependency paths lead to it. What limits count are
 * vulnerabilities, so this comes first.
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
    // One path that is not suppressed is enough to be a problem.
    if (!finding.suppression) delete known.suppression;
  });
  return [...united.values()];
}

/** Places in code are told apart by more than this. */
function keyOf({ ruleId, occurrences }: NormalizedFinding): string | undefined {
  const pkg = occurrences[0]?.package;
  return pkg && JSON.stringify([ruleId, pkg.ecosystem, pkg.name]);
}
