import type { NormalizedFinding } from '@cloudtrace/plugin-cloudtrace-node';

/**
 * Makes one finding of each vulnerability of a package, however many dependency
 * paths lead to it. What limits count are vulnerabilities, so this comes first.
 */
export function uniteVulnerabilities(
  findings: readonly NormalizedFinding[],
): NormalizedFinding[] {
  const united = new Map<string | number, NormalizedFinding>();
  findings.forEach((finding, i) => {
    const key = keyOf(finding) ?? i;
    const known = united.get(key);
    if (!known) united.set(key, finding);
    // One path that is not suppressed is enough to be a problem.
    else if (!finding.suppression) delete known.suppression;
  });
  return [...united.values()];
}

/** Places in code are told apart by more than this. */
function keyOf(finding: NormalizedFinding): string | undefined {
  const { ruleId, package: pkg, location } = finding;
  return pkg && JSON.stringify([ruleId, pkg, location]);
}
