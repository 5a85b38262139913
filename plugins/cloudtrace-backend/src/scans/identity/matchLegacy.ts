import { groupBy } from '@cloudtrace/plugin-cloudtrace-common';
import type { StoredFinding } from './assignFindings';
import type { KeyedFinding } from './KeyedScan';

/** A stored finding with a numbered name of older versions. */
export interface LegacyFinding extends StoredFinding {
  base: string;
  line: number | undefined;
}

/**
 * Matches the results of a scan with findings stored by older versions.
 *
 * @remarks Older versions numbered equal-looking results by their order, so the
 * number carries no information. If a name has one result and one stored
 * finding, they match. With several, those on the same line match, provided
 * nothing moved: one side contains all lines of the other. A result that
 * matches several stored findings with different decisions gets no decision.
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
