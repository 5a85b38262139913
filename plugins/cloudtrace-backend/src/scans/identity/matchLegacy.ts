import { groupBy } from '@cloudtrace/plugin-cloudtrace-common';
import type { StoredFinding } from './assignFindings';
import type { KeyedFinding } from './KeyedScan';

/** A stored finding with one of the numbered names of older versions. */
export interface LegacyFinding extends StoredFinding {
  base: string;
  line: number | undefined;
}

/**
 * Says which findings that an older version stored the results of a scan are.
 *
 * @remarks
 * Older versions numbered results that looked the same by their order, so that
 * the number says nothing. One result and one stored finding with a name are
 * the same. Of several, those on the same line are, as long as nothing has
 * moved: one side has all the lines of the other. A result that is several
 * stored ones with different decisions is one without a decision.
 */
export function matchLegacy(
  findings: readonly KeyedFinding[],
  stored: readonly LegacyFinding[],
): Map<KeyedFinding, StoredFinding> {
  const storedByBase = groupBy(stored, ({ base }) => base);
  const resultsByBase = new Map<string, Set<KeyedFinding>>();
  for (const finding of findings) {
    for (const { base } of finding.legacy) {
      const results = resultsByBase.get(base) ?? new Set();
      resultsByBase.set(base, results.add(finding));
    }
  }
  const candidates = new Map<KeyedFinding, LegacyFinding[]>();
  for (const [base, olds] of storedByBase) {
    const results = [...(resultsByBase.get(base) ?? [])];
    for (const finding of results) {
      const matched = matchGroup({ base, olds, results, finding });
      candidates.set(finding, [...(candidates.get(finding) ?? []), ...matched]);
    }
  }
  const matches = new Map<KeyedFinding, StoredFinding>();
  for (const [finding, olds] of candidates) {
    const [first] = olds.sort(
      (a, b) =>
        Number(a.decided) - Number(b.decided) ||
        (a.findingId < b.findingId ? -1 : 1),
    );
    if (first) matches.set(finding, first);
  }
  return matches;
}

function matchGroup(options: {
  base: string;
  olds: LegacyFinding[];
  results: KeyedFinding[];
  finding: KeyedFinding;
}): LegacyFinding[] {
  const { base, olds, results, finding } = options;
  if (olds.length === 1 && results.length === 1) return olds;
  const linesOf = (result: KeyedFinding) =>
    result.legacy.filter(name => name.base === base).map(({ line }) => line);
  const before = new Set(olds.map(({ line }) => line));
  const now = new Set(results.flatMap(linesOf));
  const onlyRemoved = [...now].every(line => before.has(line));
  const onlyAdded = [...before].every(line => now.has(line));
  if (!onlyRemoved && !onlyAdded) return [];
  const lines = new Set(linesOf(finding));
  return olds.filter(({ line }) => lines.has(line));
}
